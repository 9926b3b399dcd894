PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE value (
                 id        integer primary key,
                 site      integer not null,
                 dimension integer not null,
                 text      text    not null
             ) strict;
INSERT INTO value VALUES(1,1,1,'/old');
INSERT INTO value VALUES(2,1,12,'www.example.fr');
INSERT INTO value VALUES(3,1,2,':direct');
INSERT INTO value VALUES(4,1,3,':unknown');
INSERT INTO value VALUES(5,1,4,'desktop');
INSERT INTO value VALUES(6,1,31,':unknown	desktop');
INSERT INTO value VALUES(7,1,22,'Firefox');
INSERT INTO value VALUES(8,1,5,'Firefox 131');
INSERT INTO value VALUES(9,1,23,'Linux');
INSERT INTO value VALUES(10,1,6,'Linux');
INSERT INTO value VALUES(11,1,15,'large');
INSERT INTO value VALUES(12,1,16,'fr');
INSERT INTO value VALUES(13,1,15,':unknown');
INSERT INTO value VALUES(14,1,1,'/');
CREATE TABLE batch (
                 id      integer primary key,
                 entries blob not null
             ) strict;
INSERT INTO batch VALUES(1,X'f74f0143e28185a9706cd8014593b10c61beb7b000000c0102030405060708090a0b0c');
INSERT INTO batch VALUES(2,X'f84f0195feba7d71e4261c013064d5f268e3a22700000c0102030405060708090a0b0c');
INSERT INTO batch VALUES(3,X'f84f018d2d4a42df853f36018cda6917e3b30db700000c0102030405060708090a0b0c');
INSERT INTO batch VALUES(4,X'f84f01e52502a7a9a9468a0000000c0102030405060708090a0d0c');
INSERT INTO batch VALUES(5,X'f84f010ee3a1f5299da5400000000c0e02030405060708090a0d0c');
COMMIT;
pragma user_version = 0;
