PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE site (
        number   integer primary key,
        identity integer not null,
        sum      integer not null
    ) strict;
INSERT INTO site VALUES(1,6483569313184951044,3888731409);
CREATE TABLE value (
        id        integer primary key,
        site      integer not null,
        dimension integer not null,
        text      text    not null,
        sum       integer not null
    ) strict;
INSERT INTO value VALUES(1,1,1,'/old',3233026155);
INSERT INTO value VALUES(2,1,12,'www.example.fr',2949543292);
INSERT INTO value VALUES(3,1,2,':direct',2167798340);
INSERT INTO value VALUES(4,1,3,':unknown',2059076670);
INSERT INTO value VALUES(5,1,4,'desktop',486542860);
INSERT INTO value VALUES(6,1,31,':unknown	desktop',1529395053);
INSERT INTO value VALUES(7,1,22,'Firefox',1192776792);
INSERT INTO value VALUES(8,1,5,'Firefox 131',165427433);
INSERT INTO value VALUES(9,1,23,'Linux',453918924);
INSERT INTO value VALUES(10,1,6,'Linux',2951066665);
INSERT INTO value VALUES(11,1,15,'extra_large',690804455);
INSERT INTO value VALUES(12,1,16,'fr',1449154526);
INSERT INTO value VALUES(13,1,15,':unknown',4248400887);
CREATE TABLE batch (
        id      integer primary key,
        entries blob    not null,
        sum     integer not null
    ) strict;
INSERT INTO batch VALUES(1,X'd88f020195eef0257cad5c31017d0a9476f96f584700000c0102030405060708090a0b0c',3495062572);
INSERT INTO batch VALUES(2,X'd88f020111aa6be6db201e5a01e11586da7e8b96c800000c0102030405060708090a0b0c',3999312292);
INSERT INTO batch VALUES(3,X'd88f0201e278d69734a9b2e4011b7e34d5e34f025700000c0102030405060708090a0b0c',1122170793);
INSERT INTO batch VALUES(4,X'd88f0201cc4c7a7eabd6568d0000000c0102030405060708090a0d0c',2461228233);
INSERT INTO batch VALUES(5,X'd88f02019047861dfe8ba7800000000c0102030405060708090a0d0c',3339176805);
COMMIT;
pragma user_version = 1;
