-- A provider's copies and schedules (`tvmaze-2024`, `tvmaze-schedule`) speak under its one name, as lib/catalogue/facts
-- counts them. Where several give one field, the newest word stays: a copy is no newer than the year it is named for,
-- whenever it was loaded; on one day the provider's own name comes first, then the later copy.
CREATE TEMPORARY TABLE one_voice ON COMMIT DROP AS
SELECT show_id, season, field, provider, family,
  row_number() OVER (PARTITION BY show_id, season, field, family
    ORDER BY word_on DESC, provider = family DESC, provider DESC) AS place
FROM (
  SELECT fact.*, name.family,
    CASE WHEN provider = name.family THEN coalesce(withdrawn_on, seen_on)
      ELSE least(seen_on, make_date(substring(provider from '-((?:19|20)\d{2})(?:-\d{2})?$')::int, 12, 31)) END AS word_on,
    bool_or(provider <> name.family) OVER (PARTITION BY show_id, season, field, name.family) AS copied
  FROM fact CROSS JOIN LATERAL
    (SELECT regexp_replace(provider, '-(?:(?:19|20)\d{2}(?:-\d{2})?|schedule)$', '', 'i') AS family) AS name
) AS named WHERE copied;
--> statement-breakpoint
DELETE FROM "fact" USING one_voice AS old WHERE old.place > 1 AND "fact"."show_id" = old.show_id
  AND "fact"."season" = old.season AND "fact"."field" = old.field AND "fact"."provider" = old.provider;
--> statement-breakpoint
UPDATE "fact" SET "provider" = old.family FROM one_voice AS old WHERE old.place = 1 AND old.provider <> old.family
  AND "fact"."show_id" = old.show_id AND "fact"."season" = old.season AND "fact"."field" = old.field
  AND "fact"."provider" = old.provider;
--> statement-breakpoint
-- Where a word went, another value may have to be shown: the next start loads the starter once more, which chooses anew.
DELETE FROM "setting" WHERE "key" IN ('starter_version', 'starter_files') AND EXISTS (SELECT FROM one_voice WHERE place > 1);
--> statement-breakpoint
DROP TABLE one_voice;
--> statement-breakpoint
-- Nothing reads it any more.
DELETE FROM "setting" WHERE "key" = 'database_id';
