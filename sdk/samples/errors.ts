import { createTiketti, isTikettiError } from "@tiketti/sdk";

const tiketti = createTiketti({
  url: process.env.TIKETTI_URL ?? "https://desk.example.com",
  apiKey: process.env.TIKETTI_API_KEY,
  onRetry: ({ operation, error, delayMs }) => console.warn(`${operation}: ${error.code}, again in ${delayMs} ms`),
});

try {
  await tiketti.tickets.update({ ticket: { code: "ACME-42" }, subject: "", expectedVersion: 3 });
} catch (error) {
  if (isTikettiError(error, "NOT_FOUND")) console.log("There is no such ticket.");
  else if (isTikettiError(error, "VALIDATION"))
    for (const { path, message } of error.issues) console.log(path.join("."), message);
  else if (isTikettiError(error, "CONFLICT")) console.log("Somebody else was faster:", error.details);
  else throw error;
}
