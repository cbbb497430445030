CREATE TABLE "episode" (
	"season_id" integer NOT NULL,
	"day" date,
	"at" timestamp with time zone,
	"offset_minutes" smallint,
	"number" smallint NOT NULL,
	"minutes" smallint,
	"provider" text NOT NULL,
	"name" text,
	CONSTRAINT "episode_season_id_provider_number_pk" PRIMARY KEY("season_id","provider","number"),
	CONSTRAINT "episode_number_sane" CHECK ("episode"."number" between 0 and 20000),
	CONSTRAINT "episode_hour_has_zone" CHECK (("episode"."at" is null) = ("episode"."offset_minutes" is null))
);
--> statement-breakpoint
ALTER TABLE "episode" ADD CONSTRAINT "episode_season_id_season_id_fk" FOREIGN KEY ("season_id") REFERENCES "public"."season"("id") ON DELETE cascade ON UPDATE no action;