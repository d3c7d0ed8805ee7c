-- The changes of a document are found by the index that keeps them apart (doc, hash), and are few: a second index by
-- document cost every change one more page.
DROP INDEX change_by_doc;
