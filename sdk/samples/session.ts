import { createTiketti } from "@tiketti/sdk";

const url = process.env.TIKETTI_URL ?? "https://desk.example.com";
const anonymous = createTiketti({ url });
let session = await anonymous.sessions.signIn({
  email: process.env.EMAIL ?? "mara@example.com",
  password: process.env.PASSWORD ?? "",
});

const tiketti = createTiketti({
  url,
  // If the user belongs to several organizations, choose one.
  organizationId: session.memberships[0]?.organizationId,
  // Called for each request; isRejected says that the server refused the last token.
  accessToken: async ({ isRejected }) => {
    if (isRejected) session = await anonymous.sessions.refresh({ refreshToken: session.refreshToken });
    return session.accessToken;
  },
});
console.log((await tiketti.viewer.get()).actor.name);
