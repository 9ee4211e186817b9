// SPDX-License-Identifier: GPL-3.0-or-later
// Debian's chromium, driven by playwright-core, as the tests of pages and the pictures of docs/ use it.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

export const screens = {
  laptop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
};

/// The browser, with WebGL by software; where something is missing the program ends with status 77.
export async function launch() {
  const missing = (what) => {
    console.log(`skipped: there is no ${what}`);
    process.exit(77);
  };
  let chromium;
  try {
    ({ chromium } = createRequire(join(root, "web/package.json"))("playwright-core"));
  } catch {
    missing("playwright-core; npm ci --prefix web");
  }
  if (!existsSync(executablePath)) {
    missing(`${executablePath}; apt-get install chromium`);
  }
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"],
  });
}

/// Opens a page, and gives it with all that it complained of or asked for.
export async function open(browser, file, screen, colorScheme, options = {}) {
  const context = await browser.newContext({ ...screens[screen], colorScheme, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => /^(file|data|blob):/.test(request.url()) || complaints.push(`asked for ${request.url()}`));
  await page.goto(pathToFileURL(file).href);
  return { context, page, complaints };
}
