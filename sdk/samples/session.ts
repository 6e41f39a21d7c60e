import { createTiketti } from "@tiketti/sdk";

const url = process.env.TIKETTI_URL ?? "https://desk.example.com";
const anonymous = createTiketti({ url });
let session = await anonymous.sessions.signIn({
  email: process.env.EMAIL ?? "mara@example.com",
  password: process.env.PASSWORD ?? "",
});

const tiketti = createTiketti({
  url,
  // Who belongs to several organizations chooses one.
  organizationId: session.memberships[0]?.organizationId,
  // Asked for each request, and with isRejected when the server refused the last one.
  accessToken: async ({ isRejected }) => {
    if (isRejected) session = await anonymous.sessions.refresh({ refreshToken: session.refreshToken });
    return session.accessToken;
  },
});
console.log((await tiketti.viewer.get()).actor.name);
