CREATE TABLE "forecast" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "forecast_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"season_id" integer NOT NULL,
	"made_on" date NOT NULL,
	"model" text NOT NULL,
	"model_hash" text NOT NULL,
	"inputs_hash" text NOT NULL,
	"class" text NOT NULL,
	"milestone" text NOT NULL,
	"counted_from" date NOT NULL,
	"renewal" real,
	"median" date NOT NULL,
	"low50" date NOT NULL,
	"high50" date NOT NULL,
	"low80" date NOT NULL,
	"high80" date NOT NULL,
	"low95" date NOT NULL,
	"high95" date NOT NULL,
	"reasons" jsonb NOT NULL,
	CONSTRAINT "forecast_once" UNIQUE("season_id","made_on","model"),
	CONSTRAINT "forecast_chance" CHECK ("forecast"."renewal" between 0 and 1),
	CONSTRAINT "forecast_ordered" CHECK (("forecast"."renewal" is null) = ("forecast"."milestone" <> 'none'))
);
--> statement-breakpoint
CREATE TABLE "forecast_absence" (
	"season_id" integer PRIMARY KEY NOT NULL,
	"because" text NOT NULL,
	"decided_on" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "forecast_outcome" (
	"forecast_id" integer PRIMARY KEY NOT NULL,
	"known_on" date NOT NULL,
	"premiered_on" date,
	"returned" boolean NOT NULL
);
--> statement-breakpoint
ALTER TABLE "forecast" ADD CONSTRAINT "forecast_season_id_season_id_fk" FOREIGN KEY ("season_id") REFERENCES "public"."season"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "forecast_absence" ADD CONSTRAINT "forecast_absence_season_id_season_id_fk" FOREIGN KEY ("season_id") REFERENCES "public"."season"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "forecast_outcome" ADD CONSTRAINT "forecast_outcome_forecast_id_forecast_id_fk" FOREIGN KEY ("forecast_id") REFERENCES "public"."forecast"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "forecast_made" ON "forecast" USING btree ("made_on");--> statement-breakpoint
-- What was forecast is scored as it was said, so it can be neither bettered nor taken away.
CREATE FUNCTION refuse_to_foretell_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'forecasts are frozen: % on % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER forecast_frozen BEFORE UPDATE OR DELETE ON "forecast" FOR EACH ROW EXECUTE FUNCTION refuse_to_foretell_anew();
--> statement-breakpoint
CREATE TRIGGER forecast_outcome_frozen BEFORE UPDATE OR DELETE ON "forecast_outcome" FOR EACH ROW EXECUTE FUNCTION refuse_to_foretell_anew();
