-- By hand: how rows lie on disk, which Drizzle cannot say. Prices do not compress; trying costs the writer time.
ALTER TABLE "game_paths" ALTER COLUMN "prices" SET STORAGE EXTERNAL;
--> statement-breakpoint
-- A game's row changes some six times before it is final. Measured: a quarter less where its facts come in one batch, as
-- imports bring them; no difference where they come over a minute.
ALTER TABLE "games" SET (fillfactor = 80);
