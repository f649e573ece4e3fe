-- The roles of an installation, run once as a superuser: psql --file=deploy/postgresql/roles.sql
--   psql -v owner_password=… -v door_password=… -v audit_password=… -v copy_password=…
-- Why four: docs/operations/database.md.
\set ON_ERROR_STOP on
SET password_encryption = 'scram-sha-256';
CREATE ROLE dauchan LOGIN PASSWORD :'owner_password' CONNECTION LIMIT 60;
CREATE ROLE dauchan_door LOGIN PASSWORD :'door_password' CONNECTION LIMIT 10;
CREATE ROLE dauchan_audit LOGIN PASSWORD :'audit_password' CONNECTION LIMIT 4 IN ROLE dauchan;
CREATE ROLE dauchan_copy LOGIN REPLICATION PASSWORD :'copy_password' CONNECTION LIMIT 4;
CREATE DATABASE dauchan OWNER dauchan ENCODING 'UTF8' TEMPLATE template0;
REVOKE CONNECT, TEMPORARY ON DATABASE dauchan FROM PUBLIC;
GRANT CONNECT ON DATABASE dauchan TO dauchan_door, dauchan_copy;
GRANT CONNECT, TEMPORARY ON DATABASE dauchan TO dauchan;
-- What `dauchan backup --continuous` looks at to see that the log is kept.
GRANT pg_read_all_settings, pg_read_all_stats TO dauchan_copy;
