export const testSecret = "a secret for tests only, never served with";
export const templateName = "tiketti_template";
export const ownerRole = "tiketti_owner";
