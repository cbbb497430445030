CREATE TABLE "fact" (
	"show_id" integer NOT NULL,
	"season" integer DEFAULT 0 NOT NULL,
	"field" text NOT NULL,
	"provider" text NOT NULL,
	"value" text NOT NULL,
	"as_of" text,
	"seen_on" date NOT NULL,
	"withdrawn_on" date,
	CONSTRAINT "fact_show_id_season_field_provider_pk" PRIMARY KEY("show_id","season","field","provider"),
	CONSTRAINT "fact_season_sane" CHECK ("fact"."season" between 0 and 1000)
);
--> statement-breakpoint
ALTER TABLE "event" ADD COLUMN "key" text;--> statement-breakpoint
ALTER TABLE "event" ADD COLUMN "seen_key" text;--> statement-breakpoint
ALTER TABLE "source" ADD COLUMN "official_body" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "season_state" ADD COLUMN "premiere_state" text DEFAULT 'open' NOT NULL;--> statement-breakpoint
ALTER TABLE "show_state" ADD COLUMN "newest_source_on" date;--> statement-breakpoint
ALTER TABLE "fact" ADD CONSTRAINT "fact_show_id_show_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."show"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "fact_provider" ON "fact" USING btree ("provider","field");--> statement-breakpoint
UPDATE "source" SET "official_body" = true WHERE "name" ~* '^(netflix|hbo|max|hbo max|warner bros|amazon|prime video|mgm|paramount|cbs|showtime|peacock|nbc|hulu|fx|disney|disney apac|marvel|apple|amc|tvn|cj enm|sbs|kbs|mbc|jtbc|tving|wavve|ocn|studio dragon|crunchyroll|toho|kadokawa|jump festa|animejapan|bbc|itv|channel 4|sky|starz|syfy|riot)\M';
--> statement-breakpoint
INSERT INTO "fact" ("show_id", "season", "field", "provider", "value", "as_of", "seen_on")
SELECT "id", 0, 'label', "listed"->>'source', "listed"->>'label', "listed"->>'as_of', current_date
FROM "show" WHERE jsonb_typeof("listed") = 'object'
ON CONFLICT DO NOTHING;
--> statement-breakpoint
INSERT INTO "fact" ("show_id", "season", "field", "provider", "value", "seen_on")
SELECT season.show_id, season.number, given.field,
  coalesce(nullif(trim(split_part(show.provenance[1], ' (', 1)), ''), 'catalogue'), given.value, current_date
FROM season JOIN show ON show.id = season.show_id
CROSS JOIN LATERAL (VALUES ('counted', 'yes'), ('premiere', season.premiere), ('finale', season.finale),
  ('episodes', season.episodes::text)) AS given (field, value)
WHERE season.recorded AND given.value IS NOT NULL
ON CONFLICT DO NOTHING;
--> statement-breakpoint
INSERT INTO "fact" ("show_id", "season", "field", "provider", "value", "seen_on")
SELECT show.id, 0, given.field,
  coalesce(nullif(trim(split_part(show.provenance[1], ' (', 1)), ''), 'catalogue'), given.value, current_date
FROM show LEFT JOIN network ON network.id = show.network_id
CROSS JOIN LATERAL (VALUES ('network', network.name), ('country', show.country)) AS given (field, value)
WHERE given.value IS NOT NULL
ON CONFLICT DO NOTHING;
--> statement-breakpoint
ALTER TABLE "show" DROP COLUMN "listed";
