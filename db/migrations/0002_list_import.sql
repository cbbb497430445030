CREATE TABLE "list_import" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"reader_id" uuid NOT NULL,
	"service" text NOT NULL,
	"file_name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"confirmed_at" timestamp with time zone,
	"undone_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "list_import_follow" (
	"import_id" uuid NOT NULL,
	"follow_id" integer NOT NULL,
	CONSTRAINT "list_import_follow_import_id_follow_id_pk" PRIMARY KEY("import_id","follow_id")
);
--> statement-breakpoint
CREATE TABLE "list_import_row" (
	"import_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"title" text,
	"year" integer,
	"season" integer,
	"ids" jsonb NOT NULL,
	"verdict" text NOT NULL,
	"reason" text,
	"show_id" integer,
	"wanted" integer,
	"candidates" jsonb NOT NULL,
	CONSTRAINT "list_import_row_import_id_position_pk" PRIMARY KEY("import_id","position")
);
--> statement-breakpoint
ALTER TABLE "list_import" ADD CONSTRAINT "list_import_reader_id_reader_id_fk" FOREIGN KEY ("reader_id") REFERENCES "public"."reader"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_import_follow" ADD CONSTRAINT "list_import_follow_import_id_list_import_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."list_import"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_import_follow" ADD CONSTRAINT "list_import_follow_follow_id_follow_id_fk" FOREIGN KEY ("follow_id") REFERENCES "public"."follow"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_import_row" ADD CONSTRAINT "list_import_row_import_id_list_import_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."list_import"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_import_row" ADD CONSTRAINT "list_import_row_show_id_show_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."show"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "list_import_reader" ON "list_import" USING btree ("reader_id");--> statement-breakpoint
CREATE INDEX "list_import_expires" ON "list_import" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "list_import_follow_follow" ON "list_import_follow" USING btree ("follow_id");