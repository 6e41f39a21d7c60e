/** The demo's two organizations and what happened there, as plain data. */

export type RoleName = "Admin" | "Manager" | "Agent" | "Viewer";

/** One thing that happened to a ticket, `after` hours later than the one before. */
export type Event =
  | { after: number; by: string; reply: string; status?: "OPEN" | "PENDING" | "RESOLVED" | "CLOSED" }
  | { after: number; by: string; note: string }
  | { after: number; by: string; assign: string | null }
  | { after: number; by: string; status: "OPEN" | "PENDING" | "RESOLVED" | "CLOSED" }
  | { after: number; customer: string }
  | { after: number; by: string; participants: string[] }
  | { after: number; by: string; addLabels: string[]; removeLabels?: string[] };

/** What the team did in the end, with tickets named by their subjects. */
export type Tidying =
  | { by: string; merge: string; into: string }
  | { by: string; trash: string }
  | { by: string; archive: string }
  | { by: string; invite: string; role: string };

export interface Story {
  name: string;
  prefix: string;
  currency: string;
  timeZone: string;
  /** Custom roles, each with its grants: a permission, and a reach where it takes one. */
  roles?: { name: string; description: string; grants: [permission: string, reach: string | null][] }[];
  members: { key: string; name: string; role: RoleName; customRole?: string; hourlyRate?: string }[];
  labels: { name: string; color: string; description: string }[];
  companies: {
    name: string;
    domains: string[];
    ticketPrefix?: string;
    notes?: string;
    hourlyRate?: string;
    externalId?: string;
  }[];
  contacts: { key: string; name: string; email: string; phone?: string; notes?: string }[];
  tickets: {
    subject: string;
    from: string;
    /** Hours before the demo is written. */
    hoursAgo: number;
    text: string;
    by: string;
    priority?: "LOW" | "NORMAL" | "HIGH" | "URGENT";
    labels?: string[];
    events?: Event[];
  }[];
  tidying?: Tidying[];
}

/** Logins by key; Mara works in both organizations. */
export const people: Record<string, string> = {
  mara: "mara@nordlicht.test",
  jonas: "jonas@nordlicht.test",
  priya: "priya@nordlicht.test",
  tom: "tom@nordlicht.test",
  eva: "eva@nordlicht.test",
  nora: "nora@nordlicht.test",
  luis: "luis@brandtroasters.test",
};

export const stories: Story[] = [
  {
    name: "Nordlicht Software",
    prefix: "NORD",
    currency: "EUR",
    timeZone: "Europe/Berlin",
    roles: [
      {
        name: "Billing desk",
        description: "Sees every ticket, notes on them, and keeps rates; answers only what is assigned to it",
        grants: [
          ["ticket.view", "ALL"],
          ["ticket.reply", "ASSIGNED"],
          ["ticket.update", "ASSIGNED"],
          ["note.view", null],
          ["note.write", "ALL"],
          ["contact.view", null],
          ["time.manage", "ALL"],
          ["report.view", null],
        ],
      },
    ],
    members: [
      { key: "mara", name: "Mara Lindqvist", role: "Admin", hourlyRate: "110" },
      { key: "jonas", name: "Jonas Weber", role: "Manager", hourlyRate: "95" },
      { key: "priya", name: "Priya Raman", role: "Agent", hourlyRate: "80" },
      { key: "tom", name: "Tom Okafor", role: "Agent", hourlyRate: "85" },
      { key: "eva", name: "Eva Sommer", role: "Viewer" },
      { key: "nora", name: "Nora Lind", role: "Viewer", customRole: "Billing desk" },
    ],
    labels: [
      { name: "Billing", color: "#eab308", description: "Invoices, payments and plans" },
      { name: "Bug", color: "#ef4444", description: "Something doesn't work as it should" },
      { name: "How-to", color: "#3b82f6", description: "A question about using the product" },
      { name: "VIP", color: "#8b5cf6", description: "Customers with a support contract" },
      { name: "Feature request", color: "#22c55e", description: "Something that customers miss" },
      { name: "Waiting for release", color: "#f97316", description: "Mended, and comes with the next release" },
    ],
    companies: [
      {
        name: "Fjord Logistics",
        domains: ["fjord-logistics.test"],
        ticketPrefix: "FJORD",
        notes: "Support contract until the end of the year; calls are fine.",
        hourlyRate: "120",
        externalId: "crm-1042",
      },
      { name: "Kaffeehaus Klein", domains: ["kaffeehaus-klein.test"], externalId: "crm-1077" },
      { name: "Studio Aurora", domains: ["studio-aurora.test", "aurora.test"], externalId: "crm-1093" },
      { name: "Altmann Druck", domains: ["altmann-druck.test"], notes: "Went out of business in spring." },
    ],
    contacts: [
      {
        key: "ingrid",
        name: "Ingrid Solheim",
        email: "ingrid@fjord-logistics.test",
        phone: "+47 22 12 34 56",
        notes: "Prefers short answers in English.",
      },
      { key: "anders", name: "Anders Vik", email: "anders@ops.fjord-logistics.test" },
      { key: "klein", name: "Theresa Klein", email: "theresa@kaffeehaus-klein.test" },
      { key: "yuki", name: "Yuki Tanaka", email: "yuki@aurora.test" },
      { key: "sam", name: "Sam Porter", email: "sam.porter@mail.test" },
      { key: "leila", name: "Leila Haddad", email: "leila.haddad@mail.test" },
    ],
    tickets: [
      {
        subject: "Invoices of October show last year's address",
        from: "klein",
        hoursAgo: 212,
        text: "Hello,\n\nour three invoices of October still have the old address (Lindenstr. 4). We moved in January. Could you send them again with the new one?\n\nTheresa Klein",
        by: "jonas",
        labels: ["Billing"],
        events: [
          {
            after: 1,
            by: "priya",
            reply:
              "Hello Theresa,\n\nI have corrected the address and sent the three invoices again. Could you check that they have arrived?\n\nPriya",
          },
          { after: 20, customer: "They are here and right. Thank you for the quick help!" },
          { after: 1, by: "priya", reply: "Glad to hear it. I'll close this, then.", status: "RESOLVED" },
          { after: 168, by: "jonas", status: "CLOSED" },
        ],
      },
      {
        subject: "Export stops at 10,000 rows",
        from: "ingrid",
        hoursAgo: 74,
        text: "Since Tuesday's update our nightly export has exactly 10,000 rows, whatever the range. We need the rest for customs by Friday.",
        by: "tom",
        priority: "URGENT",
        labels: ["Bug", "VIP"],
        events: [
          { after: 0.3, by: "tom", assign: "tom" },
          {
            after: 0.2,
            by: "tom",
            note: "Reproduced: the new cursor of the export ignores pages after the first hundred. Fix is in review.",
          },
          {
            after: 0.5,
            by: "tom",
            reply:
              "Hello Ingrid,\n\nI can see the same here: since the update the export ends after a hundred pages. A fix is being reviewed; until then I have put the whole file on your server by hand.\n\nTom",
          },
          { after: 18, customer: "Got the file, that saves our Friday. When will the fix be out?" },
          { after: 1, by: "jonas", note: "Release is planned for tomorrow 10:00. Tom, please tell Ingrid." },
          { after: 0.1, by: "jonas", addLabels: ["Waiting for release"] },
          { after: 0.1, by: "tom", participants: ["anders"] },
        ],
      },
      {
        subject: "Two-factor code never arrives",
        from: "sam",
        hoursAgo: 30,
        text: "I get no text message when I sign in, tried five times. My number ends with 88.",
        by: "priya",
        priority: "HIGH",
        labels: ["Bug"],
        events: [
          {
            after: 2,
            by: "priya",
            reply:
              "Hi Sam,\n\nyour number was stored without the country code. I have added it; please try once more.\n\nPriya",
          },
          { after: 3, customer: "Still nothing, sorry." },
        ],
      },
      {
        subject: "How do I give a colleague read access only?",
        from: "yuki",
        hoursAgo: 51,
        text: "Our accountant should see the projects but not change anything. Is there a role for that?",
        by: "priya",
        labels: ["How-to"],
        events: [
          {
            after: 3,
            by: "priya",
            reply:
              "Hello Yuki,\n\nyes: under Team, invite her with the role Viewer. She sees everything but prices and changes nothing.\n\nPriya",
          },
        ],
      },
      {
        subject: "Dark mode for the planning board",
        from: "leila",
        hoursAgo: 26,
        text: "I work at night a lot and the board is very bright. Is a dark mode planned?",
        by: "tom",
        priority: "LOW",
        labels: ["Feature request"],
      },
      {
        subject: "Scanner in hall 3 loses its connection",
        from: "anders",
        hoursAgo: 20,
        text: "The scanners in hall 3 drop out every ten minutes since we changed the access points. Hall 1 and 2 are fine. Anything we must open in the firewall?",
        by: "tom",
        priority: "HIGH",
        labels: ["VIP"],
        events: [
          { after: 1, by: "tom", assign: "priya" },
          {
            after: 2,
            by: "priya",
            reply:
              "Hello Anders,\n\nthe scanners keep one connection open to port 8443. Could you check whether the new access points cut idle connections after ten minutes?\n\nPriya",
          },
          {
            after: 1,
            by: "priya",
            note: "If it is the idle limit: the scanner's keep-alive can be set to 5 minutes from firmware 2.4 on.",
          },
        ],
      },
      {
        subject: "Where do I find last month's usage?",
        from: "leila",
        hoursAgo: 96,
        text: "I need the hours of October for my report. Where are they?",
        by: "priya",
        labels: ["How-to"],
        events: [
          {
            after: 2,
            by: "priya",
            reply: "Hello Leila,\n\nunder Reports, choose October at the top right.\n\nPriya",
            status: "RESOLVED",
          },
        ],
      },
      {
        subject: "Cancel the trial",
        from: "sam",
        hoursAgo: 400,
        text: "Please cancel my trial, I'll come back in spring.",
        by: "jonas",
        labels: ["Billing"],
        events: [
          {
            after: 5,
            by: "jonas",
            reply: "Hi Sam, the trial is cancelled and nothing will be charged. See you in spring!",
            status: "CLOSED",
          },
          { after: 340, customer: "I changed my mind: can I start again now, with the same projects?" },
        ],
      },
      {
        subject: "Can we pay by purchase order?",
        from: "yuki",
        hoursAgo: 5,
        text: "Our university pays by purchase order only. Is that possible for the yearly plan?",
        by: "priya",
        labels: ["Billing"],
      },
      {
        subject: "Our scanners again",
        from: "anders",
        hoursAgo: 14,
        text: "Same as this morning: hall 3 again. It is the firewall, we think.",
        by: "tom",
      },
      {
        subject: "You have won a prize",
        from: "sam",
        hoursAgo: 11,
        text: "Click here to claim it.",
        by: "priya",
      },
      {
        subject: "Wrong time zone in the weekly report",
        from: "ingrid",
        hoursAgo: 2,
        text: "The weekly report counts Sunday evening into the next week. Our time zone is Oslo.",
        by: "tom",
        labels: ["Bug", "VIP"],
      },
    ],
    tidying: [
      { by: "jonas", merge: "Our scanners again", into: "Scanner in hall 3 loses its connection" },
      { by: "jonas", trash: "You have won a prize" },
      { by: "mara", archive: "Altmann Druck" },
      { by: "mara", invite: "lena@nordlicht.test", role: "Agent" },
    ],
  },
  {
    name: "Brandt & Sons Roasters",
    prefix: "BEAN",
    currency: "USD",
    timeZone: "America/New_York",
    members: [
      { key: "luis", name: "Luis Ortega", role: "Admin" },
      { key: "mara", name: "Mara Lindqvist", role: "Agent" },
    ],
    labels: [
      { name: "Wholesale", color: "#f97316", description: "Cafés and shops" },
      { name: "Delivery", color: "#3b82f6", description: "Where is my parcel?" },
    ],
    companies: [{ name: "Corner Café Group", domains: ["cornercafe.test"] }],
    contacts: [
      { key: "nina", name: "Nina Alvarez", email: "nina@cornercafe.test" },
      { key: "bob", name: "Bob Finch", email: "bob.finch@mail.test" },
    ],
    tickets: [
      {
        subject: "Standing order: 40 kg instead of 30 from December",
        from: "nina",
        hoursAgo: 46,
        text: "Hi Luis, we open a fourth café in December. Please raise our weekly order to 40 kg from the first week on.",
        by: "luis",
        labels: ["Wholesale"],
        events: [
          {
            after: 4,
            by: "luis",
            reply:
              "Congratulations, Nina! 40 kg it is, from December 1st. The price per kilo goes down by 4 % at that size.",
            status: "RESOLVED",
          },
        ],
      },
      {
        subject: "Parcel says delivered, but isn't here",
        from: "bob",
        hoursAgo: 9,
        text: "Tracking says my two bags were left at the door yesterday. There is nothing.",
        by: "mara",
        priority: "HIGH",
        labels: ["Delivery"],
        events: [
          {
            after: 1,
            by: "mara",
            reply:
              "Hello Bob,\n\nI'm sorry. I have asked the carrier to look where it was left; a new parcel leaves today in any case.\n\nMara",
          },
          { after: 2, customer: "That is very kind, thank you!" },
        ],
      },
    ],
  },
];
