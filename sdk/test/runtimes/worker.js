import { program } from "./program.js";

export default {
  async fetch(request) {
    const { searchParams } = new URL(request.url);
    try {
      return Response.json(await program({ url: searchParams.get("url"), apiKey: searchParams.get("key") }));
    } catch (error) {
      return new Response(String(error?.stack ?? error), { status: 500 });
    }
  },
};
