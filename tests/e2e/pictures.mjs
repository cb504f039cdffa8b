// The pictures in docs/screens: the address of each, and what it must show.

import { expect } from "@playwright/test";

const NOON = "2026-11-25T12:10:00+08:00";
const ANTING = "#at=121.2174,31.3144";

/** Name, address, screen, an element that appears last, and the time. */
export const PICTURES = [
  { name: "first", address: "", screen: "first-visit", shows: `role=button[name="找最近的"]` },
  { name: "answer", address: `${ANTING}&season=cool`, screen: "answer", shows: "[data-hero]" },
  { name: "station", address: `${ANTING}&season=cool&station=anting-relay-1`, screen: "station", shows: ".day-ribbon" },
  { name: "unknown", address: "#at=113.55,34.81", screen: "answer", shows: "[data-hero]" },
  { name: "radar", address: `${ANTING}&season=cool&view=radar`, screen: "radar", shows: ".radar-station" },
  { name: "benefits", address: `${ANTING}&view=benefits`, screen: "benefits", shows: ".programme" },
  { name: "emergency", address: `${ANTING}&season=cool&view=emergency`, screen: "answer", shows: "[role=dialog] >> text=经纬度" },
  { name: "pick", address: "#view=pick", screen: "pick", shows: "[role=searchbox], [type=search]" },
  { name: "filter", address: `${ANTING}&view=filter`, screen: "answer", shows: "[role=dialog] .choice" },
  { name: "elder", address: `${ANTING}&season=cool&scale=1.67`, screen: "answer", shows: "[data-hero]" },
  { name: "dark-en", address: `${ANTING}&lang=en`, screen: "answer", shows: "[data-hero]", time: "2026-11-25T23:10:00+08:00" },
];

/** Opens the screen of a picture, and waits until it is complete. */
export async function openPicture(page, server, { address, screen, shows, time = NOON }) {
  const now = new Date(time);
  server.setClock(now);
  await page.clock.setFixedTime(now);
  await page.goto(server.url + address);
  await expect(page.locator("html")).toHaveAttribute("data-screen", screen);
  // All data is loaded, and rendered.
  await expect(page.locator("html")).toHaveAttribute("data-sync", "fresh");
  await expect(page.locator(shows).first()).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
}
