-- A person's name as it is looked for: small letters without accents, its parts in one order. As lib/search/letters folds
-- names, as far as people are concerned: both sides of a comparison are folded here.
CREATE FUNCTION name_key(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT coalesce(string_agg(part, '' ORDER BY part COLLATE "C"), '') FROM regexp_split_to_table(
    regexp_replace(replace(replace(replace(replace(
      translate(regexp_replace(normalize(lower(normalize(name, NFKC)), NFD), '[\u0300-\u036f''’‘ʻʼ]', '', 'g'), 'øłđðı', 'olddi'),
      'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
    '[^[:alnum:]]+', ' ', 'g'), ' ') AS part
$$;
--> statement-breakpoint
CREATE TABLE "tally" (
	"what" text NOT NULL,
	"amount" bigint NOT NULL
);
--> statement-breakpoint
DROP INDEX "season_state_show";--> statement-breakpoint
ALTER TABLE "show_state" ADD COLUMN "next_state" text;--> statement-breakpoint
ALTER TABLE "show_state" ADD COLUMN "waits_from" date;--> statement-breakpoint
CREATE INDEX "correction_show" ON "correction" USING btree ("show_id");--> statement-breakpoint
CREATE INDEX "event_show" ON "event" USING btree ("show_id");--> statement-breakpoint
CREATE INDEX "person_name_key" ON "person" USING btree (name_key("name"));--> statement-breakpoint
CREATE INDEX "person_alias_name_key" ON "person_alias" USING btree (name_key("name"));--> statement-breakpoint
CREATE INDEX "show_by_title" ON "show" USING btree (lower("title"),"id");--> statement-breakpoint
CREATE INDEX "show_popular" ON "show" USING btree ("popularity" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "season_state_open" ON "season_state" USING btree ("premiere_latest") WHERE premiere_earliest < premiere_latest and status in ('announced', 'filming', 'wrapped', 'dated');--> statement-breakpoint
CREATE INDEX "season_state_claimed" ON "season_state" USING btree ("season_id") WHERE claim_count > 0;--> statement-breakpoint
CREATE INDEX "show_state_coming" ON "show_state" USING btree ("next_latest") WHERE lamp = 'coming' and next_status = 'dated';--> statement-breakpoint
CREATE INDEX "show_state_ordered" ON "show_state" USING btree ("newest_source_on") WHERE lamp = 'ordered';--> statement-breakpoint
CREATE INDEX "show_state_over" ON "show_state" USING btree ("changed_on" DESC NULLS LAST,"show_id") WHERE lamp in ('over', 'ended', 'cancelled') and last_premiere is not null;--> statement-breakpoint
CREATE INDEX "show_state_over_since" ON "show_state" USING btree ("since" DESC NULLS LAST,"show_id") WHERE lamp in ('over', 'ended', 'cancelled') and last_premiere is not null;--> statement-breakpoint
CREATE INDEX "show_state_waits" ON "show_state" USING btree ("waits_from","show_id") WHERE lamp in ('ordered', 'coming') and next_status in ('announced', 'filming', 'wrapped', 'dated') and next_state in ('open', 'missed');--> statement-breakpoint
CREATE INDEX "season_state_show" ON "season_state" USING btree ("show_id","premiere_earliest");--> statement-breakpoint
-- One row a statement that brings or takes any: nobody waits for a counter that somebody else has raised.
CREATE FUNCTION tally_shows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO tally SELECT 'shows', CASE TG_OP WHEN 'INSERT' THEN count(*) ELSE -count(*) END FROM changed HAVING count(*) > 0;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION tally_seasons() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO tally SELECT 'seasons', CASE TG_OP WHEN 'INSERT' THEN count(*) ELSE -count(*) END FROM changed WHERE recorded
    HAVING count(*) > 0;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION tally_seasons_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO tally SELECT 'seasons', sum(amount) FROM (
    SELECT count(*) AS amount FROM now_so WHERE recorded UNION ALL SELECT -count(*) FROM was_so WHERE recorded) AS either
    HAVING sum(amount) <> 0;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION tally_claims() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO tally SELECT what, count(*) FROM (
    SELECT CASE WHEN published_on IS NULL THEN 'undated' ELSE 'dated' END AS what FROM changed) AS said GROUP BY what;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER show_comes AFTER INSERT ON "show" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tally_shows();
--> statement-breakpoint
CREATE TRIGGER show_goes AFTER DELETE ON "show" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tally_shows();
--> statement-breakpoint
CREATE TRIGGER season_comes AFTER INSERT ON "season" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tally_seasons();
--> statement-breakpoint
CREATE TRIGGER season_goes AFTER DELETE ON "season" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tally_seasons();
--> statement-breakpoint
CREATE TRIGGER season_changes AFTER UPDATE ON "season" REFERENCING OLD TABLE AS was_so NEW TABLE AS now_so
  FOR EACH STATEMENT EXECUTE FUNCTION tally_seasons_again();
--> statement-breakpoint
CREATE TRIGGER claim_comes AFTER INSERT ON "claim" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tally_claims();
--> statement-breakpoint
-- An empty database stays empty: a backup goes into such a one alone.
INSERT INTO tally SELECT what, amount FROM (
  SELECT 'shows' AS what, count(*) AS amount FROM "show"
  UNION ALL SELECT 'seasons', count(*) FROM "season" WHERE recorded
  UNION ALL SELECT 'dated', count(published_on) FROM "claim"
  UNION ALL SELECT 'undated', count(*) - count(published_on) FROM "claim") AS counted WHERE amount > 0;
--> statement-breakpoint
UPDATE "show_state" SET next_state = (SELECT premiere_state FROM season_state JOIN season ON season.id = season_state.season_id
    WHERE season.show_id = show_state.show_id AND season.number = show_state.next_season),
  waits_from = CASE WHEN EXISTS (SELECT FROM season_state JOIN season ON season.id = season_state.season_id
    WHERE season.show_id = show_state.show_id AND season.number = show_state.next_season - 1
      AND season_state.premiere_earliest = show_state.last_premiere) THEN last_premiere END;
