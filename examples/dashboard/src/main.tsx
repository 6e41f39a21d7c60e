import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { removeOldDrafts } from "./composer/drafts.ts";
import "./style/base.css";
import "./style/sign-in.css";
import "./style/desk.css";
import "./style/list.css";
import "./style/thread.css";
import "./style/composer.css";
import "./style/customer.css";
import "./style/menus.css";
import "./style/narrow.css";

removeOldDrafts();

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
