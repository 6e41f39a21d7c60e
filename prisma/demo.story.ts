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
    currency?: string;
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
  work?: Work[];
  /** Work on tickets of this company that is older than so many days is on an invoice. */
  invoice?: { by: string; domain: string; reference: string; olderThanDays: number };
  /** Who works on what right now. */
  timer?: { by: string; subject: string; description: string };
}

/** Time that somebody logged, on tickets named by their subjects. */
export interface Work {
  by: string;
  subject: string;
  daysAgo: number;
  duration: string;
  description: string;
  isBillable?: false;
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
      {
        name: "Studio Aurora",
        domains: ["studio-aurora.test", "aurora.test"],
        hourlyRate: "130",
        currency: "USD",
        externalId: "crm-1093",
      },
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
        subject: "Move our archive to the new server",
        from: "ingrid",
        hoursAgo: 744,
        text: "Hi,\n\nthe old server goes off at the end of the month. Can you move our archive (2019 to 2024) and tell us when we can switch?\n\nIngrid",
        by: "tom",
        labels: ["VIP"],
        events: [
          { after: 2, by: "tom", assign: "tom" },
          { after: 1, by: "tom", reply: "We copy the years one by one at night, and tell you before the last one." },
          { after: 72, customer: "All good now, thank you." },
          { after: 1, by: "tom", status: "RESOLVED" },
          { after: 168, by: "jonas", status: "CLOSED" },
        ],
      },
      {
        subject: "Training for two new planners",
        from: "klein",
        hoursAgo: 648,
        text: "We have two new colleagues at the planning desk. Could somebody show them the board?\n\nTheresa Klein",
        by: "priya",
        labels: ["How-to"],
        events: [
          { after: 2, by: "priya", assign: "priya" },
          { after: 1, by: "priya", reply: "With pleasure. I suggest two sessions of an hour each, by video." },
          { after: 72, customer: "All good now, thank you." },
          { after: 1, by: "priya", status: "RESOLVED" },
          { after: 168, by: "jonas", status: "CLOSED" },
        ],
      },
      {
        subject: "Labels print two millimetres too low",
        from: "anders",
        hoursAgo: 552,
        text: "Since the update all labels are shifted down. We glue them by hand now.\n\nAnders",
        by: "tom",
        labels: ["Bug"],
        events: [
          { after: 2, by: "tom", assign: "tom" },
          {
            after: 1,
            by: "tom",
            reply: "The update reset the printer's offset. I'll set it for all nine printers with you.",
          },
          { after: 72, customer: "All good now, thank you." },
          { after: 1, by: "tom", status: "RESOLVED" },
          { after: 168, by: "jonas", status: "CLOSED" },
        ],
      },
      {
        subject: "Portal in our own colours and font",
        from: "yuki",
        hoursAgo: 456,
        text: "Can the customer portal use our font and colours? We have the licence.\n\nYuki",
        by: "jonas",
        labels: ["Feature request"],
        events: [
          { after: 2, by: "jonas", assign: "jonas" },
          {
            after: 1,
            by: "jonas",
            reply: "Yes. Please send the font files, and we set it up on the staging portal first.",
          },
          { after: 72, customer: "All good now, thank you." },
          { after: 1, by: "jonas", status: "RESOLVED" },
          { after: 168, by: "jonas", status: "CLOSED" },
        ],
      },
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
    work: [
      {
        by: "tom",
        subject: "Move our archive to the new server",
        daysAgo: 30,
        duration: "1h 30m",
        description: "Plan of the move, inventory of the years",
      },
      {
        by: "tom",
        subject: "Move our archive to the new server",
        daysAgo: 29,
        duration: "3h",
        description: "Copied 2019 and 2020, compared checksums",
      },
      {
        by: "tom",
        subject: "Move our archive to the new server",
        daysAgo: 28,
        duration: "2h30",
        description: "Copied 2021 and 2022",
      },
      {
        by: "jonas",
        subject: "Move our archive to the new server",
        daysAgo: 27,
        duration: "45m",
        description: "Call with Ingrid: switch on Friday",
      },
      {
        by: "priya",
        subject: "Training for two new planners",
        daysAgo: 26,
        duration: "30m",
        description: "Prepared the training board",
      },
      {
        by: "tom",
        subject: "Move our archive to the new server",
        daysAgo: 25,
        duration: "4h",
        description: "Copied 2023 and 2024, switched over",
      },
      {
        by: "priya",
        subject: "Training for two new planners",
        daysAgo: 24,
        duration: "1h 15m",
        description: "First session",
      },
      {
        by: "tom",
        subject: "Move our archive to the new server",
        daysAgo: 24,
        duration: "1h",
        description: "Second look at the checksums, nothing missing",
        isBillable: false,
      },
      {
        by: "tom",
        subject: "Labels print two millimetres too low",
        daysAgo: 22,
        duration: "1h",
        description: "Found the reset offset, tried it on one printer",
      },
      {
        by: "priya",
        subject: "Training for two new planners",
        daysAgo: 21,
        duration: "1h",
        description: "Second session and questions",
      },
      {
        by: "tom",
        subject: "Labels print two millimetres too low",
        daysAgo: 21,
        duration: "2h",
        description: "Set the offset on nine printers with Anders",
      },
      {
        by: "jonas",
        subject: "Labels print two millimetres too low",
        daysAgo: 20,
        duration: "20m",
        description: "Note for the release team, so that it stays",
      },
      {
        by: "jonas",
        subject: "Portal in our own colours and font",
        daysAgo: 18,
        duration: "1h 30m",
        description: "Fonts and colours on staging",
      },
      {
        by: "jonas",
        subject: "Portal in our own colours and font",
        daysAgo: 17,
        duration: "2h",
        description: "Contrast and dark mode",
      },
      {
        by: "priya",
        subject: "Portal in our own colours and font",
        daysAgo: 16,
        duration: "45m",
        description: "Checked on phones",
      },
      {
        by: "tom",
        subject: "Labels print two millimetres too low",
        daysAgo: 16,
        duration: "30m",
        description: "Last printer, after its repair",
      },
      {
        by: "jonas",
        subject: "Portal in our own colours and font",
        daysAgo: 15,
        duration: "1h",
        description: "Moved to production, evening",
      },
      {
        by: "jonas",
        subject: "Cancel the trial",
        daysAgo: 15,
        duration: "10m",
        description: "Ended the trial",
        isBillable: false,
      },
      {
        by: "mara",
        subject: "Portal in our own colours and font",
        daysAgo: 14,
        duration: "30m",
        description: "Handover call with Yuki",
      },
      {
        by: "priya",
        subject: "Training for two new planners",
        daysAgo: 13,
        duration: "25m",
        description: "Sent the recording and a short guide",
      },
      {
        by: "tom",
        subject: "Move our archive to the new server",
        daysAgo: 12,
        duration: "35m",
        description: "Removed the copies from the old server",
      },
      {
        by: "jonas",
        subject: "Portal in our own colours and font",
        daysAgo: 11,
        duration: "40m",
        description: "Font for the login page too",
      },
      {
        by: "priya",
        subject: "Invoices of October show last year's address",
        daysAgo: 8,
        duration: "20m",
        description: "Corrected the address, sent the invoices again",
      },
      {
        by: "jonas",
        subject: "Invoices of October show last year's address",
        daysAgo: 7,
        duration: "15m",
        description: "Checked the other customers' addresses",
        isBillable: false,
      },
      {
        by: "priya",
        subject: "Where do I find last month's usage?",
        daysAgo: 3,
        duration: "10m",
        description: "Answered, with a picture",
      },
      {
        by: "tom",
        subject: "Export stops at 10,000 rows",
        daysAgo: 2,
        duration: "1h 30m",
        description: "Found the limit, wrote a test",
      },
      {
        by: "tom",
        subject: "Export stops at 10,000 rows",
        daysAgo: 2,
        duration: "45m",
        description: "File by hand, so that Friday is saved",
      },
      {
        by: "tom",
        subject: "Export stops at 10,000 rows",
        daysAgo: 1,
        duration: "2h",
        description: "Mended, waits for the release",
      },
      {
        by: "priya",
        subject: "How do I give a colleague read access only?",
        daysAgo: 1,
        duration: "15m",
        description: "Explained the roles",
      },
      {
        by: "priya",
        subject: "Scanner in hall 3 loses its connection",
        daysAgo: 0,
        duration: "50m",
        description: "Looked at the access point's log with Anders",
      },
    ],
    invoice: { by: "jonas", domain: "fjord-logistics.test", reference: "2041", olderThanDays: 14 },
    timer: { by: "tom", subject: "Wrong time zone in the weekly report", description: "Trying it with Oslo's zone" },
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
