import { entity } from "../entities/entity.ts";
import { hexColor, instant, integer, longText, name } from "../entities/kinds.ts";

export const labelEntity = entity("Label", {
  description: "A coloured word that tickets are sorted by.",
  fields: {
    name: name({
      description: "The name, unique without case.",
      inputs: {
        create: "The name, at most 200 characters, unique without case.",
        update: "The name; can't be cleared.",
      },
      filter: "By name, without case; contains and startsWith ignore accents too.",
    }),
    color: hexColor({
      description: "The colour to show it in.",
      inputs: {
        create: "The colour to show it in. Suggested: #ef4444 #f97316 #eab308 #22c55e #3b82f6 #8b5cf6 #6b7280.",
        update: "The colour; can't be cleared.",
      },
    }),
    description: longText(1_000, {
      description: "What it is for; null when nobody said.",
      isNullable: true,
      inputs: { create: "What it is for, at most 1,000 characters.", update: "What it is for." },
    }),
    createdAt: instant({ description: "When it was created." }),
    updatedAt: instant({ description: "When it changed last." }),
    version: integer({ description: "Counts its changes." }),
  },
  inner: {
    deletedAt: "A deleted label shows nowhere; its row stays, so that timelines can name it.",
    mergedIntoId: "References follow it by themselves.",
  },
});
