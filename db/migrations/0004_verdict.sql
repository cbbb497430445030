CREATE TABLE "verdict" (
	"reader_id" uuid NOT NULL,
	"show_id" integer NOT NULL,
	"word" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "verdict_reader_id_show_id_pk" PRIMARY KEY("reader_id","show_id"),
	CONSTRAINT "verdict_word" CHECK ("verdict"."word" in ('seen', 'not-this'))
);
--> statement-breakpoint
ALTER TABLE "verdict" ADD CONSTRAINT "verdict_reader_id_reader_id_fk" FOREIGN KEY ("reader_id") REFERENCES "public"."reader"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verdict" ADD CONSTRAINT "verdict_show_id_show_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."show"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "verdict_show" ON "verdict" USING btree ("show_id");