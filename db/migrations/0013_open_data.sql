CREATE SEQUENCE "public"."open_serial" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "open_chunk" (
	"export_id" integer NOT NULL,
	"file" text NOT NULL,
	"position" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "open_chunk_export_id_file_position_pk" PRIMARY KEY("export_id","file","position")
);
--> statement-breakpoint
CREATE TABLE "open_export" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "open_export_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"day" date NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"manifest" text NOT NULL,
	CONSTRAINT "open_export_day_unique" UNIQUE("day")
);
--> statement-breakpoint
CREATE TABLE "open_line" (
	"part" text NOT NULL,
	"key" text NOT NULL,
	"serial" bigint,
	CONSTRAINT "open_line_part_key_pk" PRIMARY KEY("part","key"),
	CONSTRAINT "open_line_part" CHECK ("open_line"."part" in ('show', 'claim', 'event'))
);
--> statement-breakpoint
ALTER TABLE "open_chunk" ADD CONSTRAINT "open_chunk_export_id_open_export_id_fk" FOREIGN KEY ("export_id") REFERENCES "public"."open_export"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "open_line_serial" ON "open_line" USING btree ("serial");--> statement-breakpoint
CREATE INDEX "open_line_pending" ON "open_line" USING btree ("part","key") WHERE serial is null;--> statement-breakpoint
-- What changes what a line says takes its number away, in the same transaction, whoever writes and by whatever release.
CREATE FUNCTION open_lines_changed(the_part text, the_keys text[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO open_line (part, key) SELECT DISTINCT the_part, key FROM unnest(the_keys) AS key ORDER BY key
  ON CONFLICT (part, key) DO UPDATE SET serial = NULL WHERE open_line.serial IS NOT NULL
$$;
--> statement-breakpoint
CREATE FUNCTION open_shows_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM open_lines_changed('show', ARRAY(SELECT slug FROM changed));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER open_show_added AFTER INSERT ON "show" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION open_shows_changed();
--> statement-breakpoint
CREATE TRIGGER open_show_updated AFTER UPDATE ON "show" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION open_shows_changed();
--> statement-breakpoint
CREATE TRIGGER open_show_removed AFTER DELETE ON "show" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION open_shows_changed();
--> statement-breakpoint
-- Whoever writes a show's record writes its row. These change it from elsewhere: credits that move from one person to
-- another, facts that are forgotten, and names and ids of people, who stand in the records of all their shows.
CREATE FUNCTION open_part_of_show_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM open_lines_changed('show',
    ARRAY(SELECT slug FROM show WHERE id IN (SELECT show_id FROM changed)));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER open_credit_updated AFTER UPDATE ON "credit" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION open_part_of_show_changed();
--> statement-breakpoint
CREATE TRIGGER open_credit_removed AFTER DELETE ON "credit" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION open_part_of_show_changed();
--> statement-breakpoint
CREATE TRIGGER open_fact_removed AFTER DELETE ON "fact" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION open_part_of_show_changed();
--> statement-breakpoint
CREATE FUNCTION open_person_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM open_lines_changed('show',
    ARRAY(SELECT show.slug FROM show JOIN credit ON credit.show_id = show.id WHERE credit.person_id IN (SELECT id FROM changed)));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER open_person_renamed AFTER UPDATE ON "person" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION open_person_changed();
--> statement-breakpoint
CREATE FUNCTION open_part_of_person_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM open_lines_changed('show',
    ARRAY(SELECT show.slug FROM show JOIN credit ON credit.show_id = show.id WHERE credit.person_id IN (SELECT person_id FROM changed)));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER open_alias_added AFTER INSERT ON "person_alias" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION open_part_of_person_changed();
--> statement-breakpoint
CREATE TRIGGER open_alias_removed AFTER DELETE ON "person_alias" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION open_part_of_person_changed();
--> statement-breakpoint
CREATE TRIGGER open_person_id_added AFTER INSERT ON "person_outside_id" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION open_part_of_person_changed();
--> statement-breakpoint
CREATE FUNCTION open_claims_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM open_lines_changed('claim', ARRAY(SELECT id FROM changed));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER open_claim_recorded AFTER INSERT ON "claim" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION open_claims_changed();
--> statement-breakpoint
CREATE FUNCTION open_claims_retracted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM open_lines_changed('claim', ARRAY(SELECT claim_id FROM changed));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER open_claim_retracted AFTER INSERT ON "retraction" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION open_claims_retracted();
--> statement-breakpoint
CREATE FUNCTION open_events_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM open_lines_changed('event', ARRAY(SELECT id::text FROM changed));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER open_event_recorded AFTER INSERT ON "event" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION open_events_changed();
--> statement-breakpoint
-- That an event was held and is now told changes nothing in its line.
CREATE FUNCTION open_events_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM open_lines_changed('event', ARRAY(
    SELECT changed.id::text FROM changed JOIN was ON was.id = changed.id
    WHERE changed.telling IN ('withdrawn', 'corrected') AND changed.telling <> was.telling
      OR was.telling IN ('withdrawn', 'corrected') AND changed.telling <> was.telling
      OR (changed.was, changed.became, changed.because, changed.happened_on, changed.ordinal, changed.key, changed.recorded_at)
        IS DISTINCT FROM (was.was, was.became, was.because, was.happened_on, was.ordinal, was.key, was.recorded_at)));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER open_event_updated AFTER UPDATE ON "event" REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION open_events_updated();
--> statement-breakpoint
INSERT INTO open_line (part, key, serial)
SELECT part, key, nextval('open_serial') FROM (
  SELECT 1 AS place, 'show' AS part, slug AS key FROM show
  UNION ALL SELECT 2, 'claim', id FROM claim
  UNION ALL SELECT 3, 'event', id::text FROM event
  ORDER BY place, key) AS lines;
