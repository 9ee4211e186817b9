// SPDX-License-Identifier: GPL-3.0-or-later
// A picture of a page, of its upper part, or of the part that a CSS selector names:
//
//     node tests/browser/screenshot.mjs PAGE.html PICTURE.png [phone] [dark] [PIXELS|SELECTOR]
import { launch, open, screens } from "./chromium.mjs";

const [file, picture, ...words] = process.argv.slice(2);
const screen = words.includes("phone") ? "phone" : "laptop";
const part = words.find((word) => !(word in screens) && word !== "dark");
const browser = await launch();
const { page, complaints } = await open(browser, file, screen, words.includes("dark") ? "dark" : "light");
await page.waitForTimeout(1500); // until what plotly.js draws later is there
if (part && !Number(part)) {
  await page.locator(part).first().screenshot({ path: picture });
} else {
  const clip = { x: 0, y: 0, width: page.viewportSize().width, height: Number(part) };
  await page.screenshot({ path: picture, fullPage: true, ...(part && { clip }) });
}
complaints.forEach((complaint) => console.error(complaint));
await browser.close();
