CREATE TABLE "pair" (
	"source" text NOT NULL,
	"show_id" integer NOT NULL,
	"related_show_id" integer NOT NULL,
	"weight" double precision NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pair_source_show_id_related_show_id_pk" PRIMARY KEY("source","show_id","related_show_id"),
	CONSTRAINT "pair_two" CHECK ("pair"."show_id" <> "pair"."related_show_id"),
	CONSTRAINT "pair_weight" CHECK ("pair"."weight" >= 0)
);
--> statement-breakpoint
CREATE TABLE "pair_voice" (
	"reader_id" uuid NOT NULL,
	"show_id" integer NOT NULL,
	"related_show_id" integer NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pair_voice_reader_id_show_id_related_show_id_pk" PRIMARY KEY("reader_id","show_id","related_show_id"),
	CONSTRAINT "pair_voice_two" CHECK ("pair_voice"."show_id" <> "pair_voice"."related_show_id"),
	CONSTRAINT "pair_voice_reason" CHECK (char_length("pair_voice"."reason") between 10 and 200)
);
--> statement-breakpoint
ALTER TABLE "pair" ADD CONSTRAINT "pair_show_id_show_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."show"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pair" ADD CONSTRAINT "pair_related_show_id_show_id_fk" FOREIGN KEY ("related_show_id") REFERENCES "public"."show"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pair_voice" ADD CONSTRAINT "pair_voice_reader_id_reader_id_fk" FOREIGN KEY ("reader_id") REFERENCES "public"."reader"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pair_voice" ADD CONSTRAINT "pair_voice_show_id_show_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."show"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pair_voice" ADD CONSTRAINT "pair_voice_related_show_id_show_id_fk" FOREIGN KEY ("related_show_id") REFERENCES "public"."show"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "pair_show" ON "pair" USING btree ("show_id");--> statement-breakpoint
CREATE INDEX "pair_other" ON "pair" USING btree ("related_show_id");--> statement-breakpoint
CREATE INDEX "pair_voice_pair" ON "pair_voice" USING btree ("show_id","related_show_id");--> statement-breakpoint
CREATE INDEX "pair_voice_other" ON "pair_voice" USING btree ("related_show_id");