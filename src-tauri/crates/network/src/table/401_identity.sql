-- By which identity each peer is known: the public part of the master key (Client-Server API,
-- section "Cross-signing"), base64.
CREATE TABLE peer_identity (
    user TEXT PRIMARY KEY NOT NULL,
    key TEXT NOT NULL
) STRICT;
