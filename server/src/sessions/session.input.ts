/** The inputs of signing in and of passwords. */
import { z } from "zod";
import { newPassword } from "../inputs/fields.ts";
import { inputObject } from "../inputs/input.ts";

export const signInInput = inputObject("SignInInput", "The credentials to sign in with.", {
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

export const refreshSessionInput = inputObject("RefreshSessionInput", "The session to refresh.", {
  refreshToken: z.string().describe("The refresh token from the last signIn or refreshSession."),
});

export const passwordChangeInput = inputObject("PasswordChangeInput", "A change of the user's own password.", {
  currentPassword: z.string().max(1_024, "must have at most 1,024 characters").describe("The current password."),
  newPassword: newPassword.describe("The new password: 10 to 1,024 characters."),
});
