/** The billable time of this month by company, as a table: node index.ts [2026-11] */
import { createTiketti } from "@tiketti/sdk";

if (!process.env.TIKETTI_API_KEY) {
  console.error(
    "Set TIKETTI_API_KEY, such as the one that npm start prints; TIKETTI_URL if it isn't http://127.0.0.1:4000.",
  );
  process.exit(2);
}
const tiketti = createTiketti({
  url: process.env.TIKETTI_URL ?? "http://127.0.0.1:4000",
  apiKey: process.env.TIKETTI_API_KEY,
});
const [month = new Date().toISOString().slice(0, 7)] = process.argv.slice(2);
const [year = 0, number = 0] = month.split("-").map(Number);
const last = new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);

const report = await tiketti.time.report({
  filter: { isBillable: true, workedOn: { gte: `${month}-01`, lte: last } },
  groupBy: ["COMPANY"],
  orderBy: { field: "MINUTES", direction: "DESC" },
});
const hours = (minutes: number) => `${(minutes / 60).toFixed(2)} h`;
const money = (amounts: { amount: string; currency: string }[]) =>
  amounts.map(({ amount, currency }) => `${Number(amount).toFixed(2)} ${currency}`).join(" + ") || "–";

console.log(`Billable time of ${month}\n`);
for (const { keys, totals } of report.groups.nodes)
  console.log(
    `${(keys[0]?.name ?? "without a company").padEnd(28)}${hours(totals.billedMinutes).padStart(10)}   ${money(totals.amounts)}`,
  );
console.log(
  `${"together".padEnd(28)}${hours(report.totals.billedMinutes).padStart(10)}   ${money(report.totals.amounts)}`,
);
if (report.totals.unpricedCount > 0) console.log(`\n${report.totals.unpricedCount} entries have no rate yet.`);
