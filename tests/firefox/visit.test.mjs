// Visits the offline view and the web application in Firefox; run by tests/test_firefox.py, which says where they are.
// Puppeteer speaks WebDriver BiDi with the browser itself: no driver stands between.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";

const { FIREFOX, VIEW, WEB, TEXT, CASCADE } = process.env;
// the packages lie in the folder that this is run in
const puppeteer = createRequire(`${process.cwd()}/`)("puppeteer-core");

let browser;
before(async () => {
  browser = await puppeteer.launch({ browser: "firefox", executablePath: FIREFOX });
});
after(() => browser?.close());

/** Do something with a page; nothing may be logged, thrown or asked of others meanwhile. */
async function visiting(address, act) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  const problems = [];
  const asked = [];
  page.on("console", (message) => problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(address);
  await act(page);
  await page.close();
  assert.deepEqual(problems, []);
  assert.deepEqual(asked.filter((url) => ![VIEW, `${WEB}/`, "data:", "blob:"].some((own) => url.startsWith(own))), []);
  return asked;
}

const viewing = (act) =>
  visiting(VIEW, async (page) => {
    await page.waitForSelector("html[data-ready]");
    await act(page);
  });
const text = (page, selector) => page.$eval(selector, (node) => node.textContent.trim());
const see = (page, selector, wanted) =>
  page.waitForFunction((s, w) => document.querySelector(s)?.textContent.includes(w), {}, selector, wanted);

async function colours(page) {
  return page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const canvas = document.getElementById("picture");
    const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    return new Set(new Uint32Array(pixels.buffer)).size;
  });
}

test("the view is drawn", () =>
  viewing(async (page) => {
    assert.match(await text(page, "h1"), /^Chỉ thị 21-CT\/TW/);
    assert.ok((await colours(page)) > 20);
  }));

test("the view is searched and its panel read", () =>
  viewing(async (page) => {
    await page.type("#search", "120 kh ubnd");
    await see(page, "#results strong", "120/KH-UBND");
    await page.keyboard.press("Enter");
    assert.equal(await text(page, "#panel h2"), "120/KH-UBND");
    assert.ok((await text(page, "#panel blockquote")).length > 20);
    await page.keyboard.press("Escape");
    assert.ok(await page.$eval("#panel", (panel) => panel.hidden));
  }));

test("a click in the picture chooses what is there", () =>
  viewing(async (page) => {
    const found = await page.evaluate(() => {
      const canvas = document.getElementById("picture");
      const tip = document.getElementById("tip");
      for (let y = 60; y < innerHeight; y += 3) {
        for (let x = 340; x < innerWidth; x += 9) {
          canvas.dispatchEvent(new PointerEvent("pointermove", { clientX: x, clientY: y, pointerType: "mouse" }));
          if (!tip.hidden && tip.textContent.startsWith("21-CT/TW")) return { x, y };
        }
      }
      return null;
    });
    await page.mouse.click(found.x, found.y);
    assert.equal(await text(page, "#panel h2"), "21-CT/TW");
  }));

test("the view speaks English", () =>
  viewing(async (page) => {
    await page.click("#language");
    assert.equal(await page.$eval("html", (html) => html.lang), "en");
    assert.equal((await text(page, "#legend h2")).toLowerCase(), "nodes");
  }));

test("the application finds a directive and filters its units in place", async () => {
  const asked = await visiting(`${WEB}/`, async (page) => {
    await page.type("#search", "chi thi 21");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    await Promise.all([page.waitForNavigation(), page.locator("::-p-xpath(//a[.='21-CT/TW'])").click()]);
    await Promise.all([page.waitForNavigation(), page.click('.tabs a[href$="/units"]')]);
    const whole = await text(page, ".count");
    await page.type("#filter", "lao dong yen dung");
    await page.waitForFunction((before) => document.querySelector(".count").textContent.trim() !== before, {}, whole);
    assert.ok((await page.evaluate(() => location.href)).endsWith("/units?text=lao+dong+yen+dung"));
  });
  assert.ok(asked.some((url) => url.includes("/search?text=chi+thi+21"))); // what is asked is seen
});

test("the application shows the rule of a passage", () =>
  visiting(`${WEB}${TEXT}`, async (page) => {
    await page.hover("[data-text] mark.deadline");
    await page.waitForSelector(".facts li.chosen.deadline");
  }));

test("the application frames the view and speaks English", () =>
  visiting(`${WEB}${CASCADE}`, async (page) => {
    // the frame itself is there before what it is to show
    const source = await page.$eval("iframe.view", (view) => view.src);
    const frame = await page.waitForFrame((one) => one.url() === source);
    await frame.waitForSelector("html[data-ready]");
    await frame.type("#search", "41 kh");
    await see(frame, "#results strong", "41/KH-UBND");
    await Promise.all([page.waitForNavigation(), page.click('a[hreflang="en"]')]);
    assert.equal(await text(page, 'header nav a[href="/documents"]'), "Documents");
  }));
