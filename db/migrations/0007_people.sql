CREATE TABLE "person_alias" (
	"person_id" integer NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "person_alias_person_id_name_pk" PRIMARY KEY("person_id","name")
);
--> statement-breakpoint
CREATE TABLE "person_outside_id" (
	"namespace" text NOT NULL,
	"value" text NOT NULL,
	"person_id" integer NOT NULL,
	CONSTRAINT "person_outside_id_namespace_value_pk" PRIMARY KEY("namespace","value"),
	CONSTRAINT "person_outside_id_one" UNIQUE("person_id","namespace")
);
--> statement-breakpoint
ALTER TABLE "person" DROP CONSTRAINT "person_name_unique";--> statement-breakpoint
ALTER TABLE "person_alias" ADD CONSTRAINT "person_alias_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_outside_id" ADD CONSTRAINT "person_outside_id_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "person_alias_name" ON "person_alias" USING btree ("name");--> statement-breakpoint
CREATE INDEX "person_name" ON "person" USING btree ("name");