// What the scripts use of htmx (workbench/static/vendor), which brings no types.

interface Window {
  htmx: { process(element: Element): void };
}

type HtmxEvent = CustomEvent<{ target: Element }>;

interface HTMLElementEventMap {
  "htmx:afterSwap": HtmxEvent;
}

interface DocumentEventMap {
  "htmx:afterSwap": HtmxEvent;
  "htmx:beforeRequest": HtmxEvent;
}
