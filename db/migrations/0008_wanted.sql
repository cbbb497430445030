CREATE TABLE "wanted" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "wanted_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"reader_id" uuid NOT NULL,
	"words" text NOT NULL,
	"key" text NOT NULL,
	"keys" text[] NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp with time zone,
	"show_id" integer,
	CONSTRAINT "wanted_once" UNIQUE("reader_id","key"),
	CONSTRAINT "wanted_words" CHECK (length("wanted"."words") between 1 and 200)
);
--> statement-breakpoint
ALTER TABLE "opt_in" ADD COLUMN "wanted" text;--> statement-breakpoint
ALTER TABLE "show_state" ADD COLUMN "since" text;--> statement-breakpoint
ALTER TABLE "wanted" ADD CONSTRAINT "wanted_reader_id_reader_id_fk" FOREIGN KEY ("reader_id") REFERENCES "public"."reader"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wanted" ADD CONSTRAINT "wanted_show_id_show_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."show"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "wanted_open" ON "wanted" USING gin ("keys") WHERE done_at is null;--> statement-breakpoint
CREATE INDEX "wanted_show" ON "wanted" USING btree ("show_id");