// SPDX-License-Identifier: GPL-3.0-or-later
// Pages of reports in a real browser: they open from disk, ask for nothing, complain of nothing, and their controls work.
//
//     WEYL_BIN=build/release/bin node tests/browser/test_pages.mjs
//
// Needs Debian's chromium and `npm ci --prefix web`; without them it is skipped (exit status 77).
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch, open, root } from "./chromium.mjs";

const bin = process.env.WEYL_BIN ?? join(root, "build/release/bin");

const browser = await launch();
const folder = mkdtempSync(join(tmpdir(), "weyl-pages-"));
const disk = join(folder, "disk.off");

/// Runs a tool and gives its page.
function pageOf(name, tool, ...options) {
  const file = join(folder, `${name}.html`);
  execFileSync(join(bin, tool), [...options, "--report", file], { stdio: ["ignore", "ignore", "inherit"] });
  return file;
}

/// How many different colours a part of the page shows, and the mean lightness from 0 to 255.
async function colours(page, selector) {
  const png = (await page.locator(selector).first().screenshot()).toString("base64");
  return page.evaluate(async (text) => {
    const image = new Image();
    image.src = `data:image/png;base64,${text}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const seen = new Set();
    let sum = 0;
    for (let i = 0; i < data.length; i += 4) {
      seen.add((data[i] >> 3) * 1024 + (data[i + 1] >> 3) * 32 + (data[i + 2] >> 3));
      sum += data[i] + data[i + 1] + data[i + 2];
    }
    return { count: seen.size, lightness: sum / (0.75 * data.length) };
  }, png);
}

/// What the surface is coloured by, as plotly.js holds it.
const intensity = (page) => page.evaluate(() => Array.from(document.getElementById("surface-plot").data[0].intensity));

const tests = {
  async "every figure is drawn, on every screen, light and dark"(browser, pages) {
    for (const name of ["count", "spectrum", "quotient", "model", "learn"]) {
      const file = pages[name];
      for (const [screen, scheme] of [["laptop", "light"], ["phone", "dark"]]) {
        const { context, page, complaints } = await open(browser, file, screen, scheme);
        const figures = await page.locator("[data-figure]").count();
        assert.ok(figures >= 1, `${name}: ${figures} figures`);
        assert.equal(await page.locator("[data-figure] .main-svg").count() > 0, true, `${name}: plotly.js has drawn`);
        for (let i = 0; i < figures; ++i) {
          const marks = await page.locator("[data-figure]").nth(i).locator(".scatterlayer path").count();
          assert.ok(marks >= 1, `${name}: figure ${i} is empty`);
        }
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${name} is ${wide} pixels wider than a ${screen}`);
        const lightness = (await colours(page, "body")).lightness;
        assert.ok(scheme === "dark" ? lightness < 90 : lightness > 180, `${name}: ${scheme} page of lightness ${lightness}`);
        assert.deepEqual(complaints, [], name);
        await context.close();
      }
    }
  },

  async "the slider chooses the eigenfunction, nodal lines are where it is 0"(browser, pages) {
    const { context, page, complaints } = await open(browser, pages.spectrum, "laptop", "light");
    await page.waitForFunction(() => document.querySelector("#surface-plot canvas"));
    const picture = await colours(page, "#surface-plot");
    assert.ok(picture.count > 200, `the surface shows ${picture.count} colours`);
    const first = await intensity(page);
    const label = await page.locator("#mode-label").textContent();
    assert.match(label, /^k = 1, λ = [\d.]+, multiplicity 2$/);
    await page.locator("#mode").fill("5");
    await page.waitForFunction(() => document.getElementById("mode-label").textContent.startsWith("k = 5"));
    await page.waitForTimeout(100);
    assert.notDeepEqual(await intensity(page), first);
    await page.locator("#mode-before").click();
    await page.waitForFunction(() => document.getElementById("mode-label").textContent.startsWith("k = 4"));
    await page.locator("#mode").focus();
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => document.getElementById("mode-label").textContent.startsWith("k = 5"));
    // The sixth eigenfunction of the disk is radial, J_0(j'_{0,1} r): one circle of radius j_{0,1}/j'_{0,1}.
    const radii = await page.evaluate(() => {
      const lines = document.getElementById("surface-plot").data[1];
      return lines.x.flatMap((x, i) => (x === null ? [] : [Math.hypot(x, lines.y[i])]));
    });
    assert.ok(radii.length > 20);
    for (const r of radii) {
      assert.ok(Math.abs(r - 2.404826 / 3.831706) < 0.02, `a nodal point at radius ${r}`);
    }
    const range = await page.evaluate(() => [document.getElementById("surface-plot").data[0].cmin, document.getElementById("surface-plot").data[0].cmax]);
    assert.equal(range[0], -range[1]);
    await page.locator("#nodal").uncheck();
    await page.waitForFunction(() => document.getElementById("surface-plot").data.length === 2);
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async "tables sort by number, both ways, from the keyboard too"(browser, pages) {
    const { context, page, complaints } = await open(browser, pages.count, "laptop", "light");
    const table = page.locator("table", { hasText: "resolved" });
    const column = async () => (await table.locator("tbody tr td:first-child").allTextContents()).map(Number);
    const ascending = [...(await column())].sort((a, b) => a - b);
    const head = table.getByRole("button", { name: "λ", exact: true });
    await head.click();
    assert.deepEqual(await column(), ascending);
    await head.focus();
    await page.keyboard.press("Enter");
    assert.deepEqual(await column(), ascending.reverse());
    assert.equal(await table.locator("th").first().getAttribute("aria-sort"), "descending");
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async "colours follow the system while the page is open, and the button"(browser, pages) {
    const { context, page, complaints } = await open(browser, pages.count, "laptop", "light");
    const ink = () => page.evaluate(() => document.querySelector("[data-figure]").layout.font.color);
    const change = (old) =>
      page.waitForFunction((before) => document.querySelector("[data-figure]").layout.font.color !== before, old);
    const light = await ink();
    assert.ok((await colours(page, "body")).lightness > 180);
    await page.emulateMedia({ colorScheme: "dark" });
    await change(light);
    assert.ok((await colours(page, "body")).lightness < 90);
    const dark = await ink();
    await page.getByRole("button", { name: "Light" }).click();
    await change(dark);
    assert.equal(await ink(), light);
    assert.ok((await colours(page, "body")).lightness > 180);
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async "a mesh of 200,000 vertices is drawn with fewer, and the page says so"(browser, pages) {
    const { context, page, complaints } = await open(browser, pages.large, "laptop", "light");
    await page.waitForFunction(() => document.querySelector("#surface-plot canvas"));
    assert.match(await page.locator("#surface figcaption").textContent(), /Drawn with [\d,]+ of 2\d\d,\d\d\d vertices\./);
    const drawn = await page.evaluate(() => document.getElementById("surface-plot").data[0].x.length);
    assert.ok(drawn > 5000 && drawn <= 20000, `${drawn} vertices`);
    const picture = await colours(page, "#surface-plot");
    assert.ok(picture.count > 20, `the surface shows ${picture.count} colours`);
    assert.ok(statSync(pages.large).size < 4e6, `the page has ${statSync(pages.large).size} bytes`);
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async "without a script there are pictures and tables"(browser, pages) {
    const { context, page } = await open(browser, pages.spectrum, "laptop", "light", { javaScriptEnabled: false });
    assert.ok((await page.locator("svg.still polyline").count()) >= 3);
    assert.ok((await page.locator("table caption").count()) >= 1);
    assert.equal(await page.locator("#surface").isVisible(), false);
    await context.close();
  },
};

let failed = 0;
try {
  execFileSync(join(bin, "weyl-mesh"), ["disk:1", "--size", "0.08", "-o", disk]);
  const pages = {
    count: pageOf("count", "weyl-count", disk, "--boundary", "dirichlet", "--certify"),
    spectrum: pageOf("spectrum", "weyl-spectrum", disk, "-k", "60"),
    quotient: pageOf("quotient", "weyl-quotient", disk, "--group", "auto", "-k", "60"),
    model: pageOf("model", "weyl-spectrum", "sphere:2/Ih", "-k", "300"),
    learn: pageOf("learn", "weyl-learn", "sphere:2", "--group", "antipodal"),
    large: pageOf("large", "weyl-mesh", "icosphere", "--size", "0.0092"),
  };
  for (const [name, test] of Object.entries(tests)) {
    const start = Date.now();
    try {
      await test(browser, pages);
      console.log(`ok: ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
    } catch (error) {
      ++failed;
      console.error(`FAILED: ${name}\n${error.stack}`);
    }
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
process.exit(failed ? 1 : 0);
