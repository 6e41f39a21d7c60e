/** The inputs of signing in and of passwords. */
import { z } from "zod";
import { newPassword } from "../inputs/fields.ts";
import { inputObject } from "../inputs/input.ts";

export const signInInput = inputObject("SignInInput", "Who signs in.", {
  email: z
    .string()
    .trim()
    .min(1, "must not be empty")
    .max(254, "must have at most 254 characters")
    .describe("The user's e-mail address."),
  password: z
    .string()
    .min(1, "must not be empty")
    .max(1_024, "must have at most 1,024 characters")
    .describe("The user's password."),
});

export const refreshSessionInput = inputObject("RefreshSessionInput", "Which session goes on.", {
  refreshToken: z.string().describe("The token of the last signIn or refreshSession."),
});

export const passwordChangeInput = inputObject("PasswordChangeInput", "The user's own password.", {
  currentPassword: z.string().max(1_024, "must have at most 1,024 characters").describe("The password until now."),
  newPassword: newPassword.describe("The password from now on: 10 to 1,024 characters."),
});
