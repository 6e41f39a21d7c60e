-- Why: an instant past the year 9999 was stored, and every list that showed it failed from then on. The server refuses
-- such values where they come in; these are the wall behind that, for every column that takes an instant or a day
-- from outside.

-- A poisoned value is taken back; row security shows the owner no row while it is forced.
ALTER TABLE "tickets" NO FORCE ROW LEVEL SECURITY;
UPDATE "tickets" SET "pending_until" = NULL WHERE "pending_until" NOT BETWEEN '1900-01-01Z' AND '9999-12-31T23:59:59.999Z';
ALTER TABLE "tickets" FORCE ROW LEVEL SECURITY;
ALTER TABLE "api_keys" NO FORCE ROW LEVEL SECURITY;
UPDATE "api_keys" SET "expires_at" = '9999-12-31T23:59:59.999Z' WHERE "expires_at" > '9999-12-31T23:59:59.999Z';
ALTER TABLE "api_keys" FORCE ROW LEVEL SECURITY;

ALTER TABLE "tickets" ADD CONSTRAINT "tickets_pending_until_range"
  CHECK ("pending_until" BETWEEN '1900-01-01Z' AND '9999-12-31T23:59:59.999Z');
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_expires_at_range"
  CHECK ("expires_at" BETWEEN '1900-01-01Z' AND '9999-12-31T23:59:59.999Z');
ALTER TABLE "time_entries" ADD CONSTRAINT "time_entries_instants_range"
  CHECK ("started_at" BETWEEN '1900-01-01Z' AND '9999-12-31T23:59:59.999Z'
    AND "worked_on" BETWEEN '1900-01-01' AND '9999-12-31');
