DROP INDEX "games_listed_at_index";--> statement-breakpoint
CREATE INDEX "games_source_listed_at_index" ON "games" USING btree ("source","listed_at","game_id");--> statement-breakpoint
CREATE INDEX "games_rug_tick_index" ON "games" USING btree ("source","rug_tick");--> statement-breakpoint
CREATE INDEX "games_peak_index" ON "games" USING btree ("source","peak");--> statement-breakpoint
CREATE INDEX "games_unverified_index" ON "games" USING btree ("source","listed_at","game_id") WHERE "games"."verification" <> 'verified';--> statement-breakpoint
CREATE INDEX "games_incomplete_index" ON "games" USING btree ("source","listed_at","game_id") WHERE not "games"."complete";