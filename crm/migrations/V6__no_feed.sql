-- What moved is announced after a commit and nobody read it from here: whoever missed announcements fetches again
-- what is on its screen. Writing it cost every edit a page.
DROP TABLE feed;
-- A start asked for the latest time that this device wrote, through an index that every edit had to keep. What is
-- sealed notes its time once (below), what is not is in the index of what waits.
DROP INDEX change_own;
INSERT OR REPLACE INTO setting (key, value)
  SELECT 'clock.sealed', max(time) FROM (SELECT time FROM change WHERE is_local = 1 ORDER BY no DESC LIMIT 100000)
  WHERE true HAVING max(time) IS NOT NULL;
