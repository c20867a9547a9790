-- By hand: how rows lie on disk, which Drizzle cannot say. Prices do not compress; trying costs the writer time.
ALTER TABLE "game_paths" ALTER COLUMN "prices" SET STORAGE EXTERNAL;
--> statement-breakpoint
-- A game's row changes some six times before it is final: room for it on its page keeps the indexes from growing.
ALTER TABLE "games" SET (fillfactor = 80);
