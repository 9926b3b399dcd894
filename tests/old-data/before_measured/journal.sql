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
INSERT INTO batch VALUES(1,X'fb4f01ba969a32fd5b837e01080fdbe20f5191fd00000c0102030405060708090a0b0c');
INSERT INTO batch VALUES(2,X'fb4f01a6c18107058a3f1f0167da52b8d8376cde00000c0102030405060708090a0b0c');
INSERT INTO batch VALUES(3,X'fb4f01fc76b41f21d175fb01420f69dc80998a7300000c0102030405060708090a0b0c');
INSERT INTO batch VALUES(4,X'fb4f017091f1e46a41c2510000000c0102030405060708090a0d0c');
INSERT INTO batch VALUES(5,X'fb4f01dc2f556eacd7e29a0000000c0e02030405060708090a0d0c');
COMMIT;
pragma user_version = 0;
