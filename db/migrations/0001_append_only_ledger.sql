-- The ledger remembers: a claim is superseded, contradicted or retracted, never edited away.
CREATE FUNCTION refuse_to_forget() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is append-only: % on % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER claim_append_only BEFORE UPDATE OR DELETE ON "claim" FOR EACH ROW EXECUTE FUNCTION refuse_to_forget();
--> statement-breakpoint
CREATE TRIGGER retraction_append_only BEFORE UPDATE OR DELETE ON "retraction" FOR EACH ROW EXECUTE FUNCTION refuse_to_forget();
