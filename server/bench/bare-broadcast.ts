/** The limit of `bench:live`: sends its argument to all sockets when it is told to. */
import { createServer } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";

const bytes = process.argv[2] as string;
const sockets = new Set<WebSocket>();
const server = createServer((_req, res) => {
  for (const socket of sockets) socket.send(bytes);
  res.end();
});
new WebSocketServer({ server, perMessageDeflate: false }).on("connection", (socket) => sockets.add(socket));
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as { port: number };
  process.send?.(`http://127.0.0.1:${port}`);
});
