// Leaving the page: what is typed is sent, and what can neither be sent nor kept in the browser is asked about.

import { closest, pause } from "../../shared/dom.js";
import { resume } from "./resuming.js";
import { Saver } from "./saver.js";
import { typedAhead } from "./turning.js";
import { units, unsaved } from "./units.js";

const LEAVE_AFTER = 3000; // ms that a link waits for what is being saved

const saveAll = () => units().forEach((unit) => unit.save());

// A link is followed when what is under way has arrived, which is at once or soon.
document.addEventListener("click", async (event) => {
  const link = linkTo(event);
  if (!link) return;
  saveAll();
  const busy = [...unsaved].filter((unit) => !unit.saver.trouble);
  if (!busy.length) return;
  event.preventDefault();
  const arrived = Promise.all(busy.map((unit) => unit.saver.settled()));
  await Promise.race([arrived, pause(LEAVE_AFTER)]);
  location.assign(link.href);
});

/**
 * Returns the link that a click follows in the place of this page, or null.
 * @param {MouseEvent} event
 */
function linkTo(event) {
  const link = closest(event.target, "a[href]", HTMLAnchorElement);
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || link?.target || link?.hasAttribute("download");
  return !link || elsewhere || link.getAttribute("href")?.startsWith("#") ? null : link;
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") saveAll();
  else resume();
});
addEventListener("online", () => [...unsaved].forEach((unit) => unit.saver.flush()));
addEventListener("beforeunload", (event) => {
  saveAll();
  const lost = [...unsaved].filter((unit) => !unit.kept);
  if (!Saver.canLeave(lost.map((unit) => unit.saver)) || typedAhead()) event.preventDefault();
});
addEventListener("pagehide", () => [...unsaved].forEach((unit) => unit.saver.leave()));
addEventListener("popstate", () => location.reload());
