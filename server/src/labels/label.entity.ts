import { entity } from "../entities/entity.ts";
import { hexColor, instant, integer, longText, name } from "../entities/kinds.ts";

export const labelEntity = entity("Label", {
  description: "A coloured tag to sort tickets by.",
  fields: {
    name: name({
      description: "The name, unique in the organization ignoring case.",
      inputs: {
        create: "The name, at most 200 characters, unique ignoring case.",
        update: "The name, at most 200 characters; can't be cleared.",
      },
      filter: "By name, ignoring case; contains and startsWith ignore accents too.",
    }),
    color: hexColor({
      description: "The colour that it is shown in.",
      inputs: {
        create: "The colour that it is shown in. Suggested: #ef4444 #f97316 #eab308 #22c55e #3b82f6 #8b5cf6 #6b7280.",
        update: "The colour; can't be cleared.",
      },
    }),
    description: longText(1_000, {
      description: "The purpose of the label; null when none is given.",
      isNullable: true,
      inputs: {
        create: "The purpose of the label, at most 1,000 characters.",
        update: "The purpose of the label, at most 1,000 characters; null clears it.",
      },
    }),
    createdAt: instant({ description: "When it was created." }),
    updatedAt: instant({ description: "When it last changed." }),
    version: integer({ description: "The version, which counts its changes." }),
  },
  inner: {
    deletedAt: "A deleted label is shown nowhere else; its row stays, so that timelines can name it.",
    mergedIntoId: "References follow it automatically.",
  },
});
