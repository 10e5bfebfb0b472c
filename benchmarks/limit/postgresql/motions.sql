-- A page of 50 motions, newest first. $1: holders; $2: the key after which the page begins, or null.
WITH seen AS MATERIALIZED (
  SELECT DISTINCT l.object_id AS id
  FROM unnest($1::text[]) h CROSS JOIN LATERAL (
    SELECT object_id FROM part
    WHERE holder = h AND noun = 'motion' AND in_force IS TRUE
      AND object_id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
    ORDER BY in_force DESC, object_id DESC LIMIT 51 -- an order that only ix_part_seen can give
  ) l ORDER BY 1 DESC LIMIT 51
), page AS (SELECT id FROM seen ORDER BY id DESC LIMIT 50)
SELECT '{"data":{"motions":{"nodes":' || coalesce((
    SELECT json_agg(x) FROM (
      SELECT 'Motion_' || encode(uuid_send(m.id), 'hex') AS id, m.title, upper(m.state) AS state,
        m.state_since AS "stateSince",
        (SELECT row_to_json(y) FROM (
          SELECT 'Unit_' || encode(uuid_send(u.id), 'hex') AS id, u.name
          FROM unit u WHERE u.id = m.proposing_unit_id
        ) y) AS "proposingUnit",
        (SELECT coalesce(json_agg(y), '[]') FROM (
          SELECT 'Opinion_' || encode(uuid_send(o.id), 'hex') AS id,
            upper(nullif(o.position, '')) AS position, o.text,
            (SELECT row_to_json(z) FROM (SELECT u.name FROM unit u WHERE u.id = o.unit_id) z) AS unit
          FROM opinion o
          WHERE o.motion_id = m.id AND EXISTS (
            SELECT FROM part p WHERE p.object_id = o.id AND p.in_force AND (p.holder = ANY($1::text[])) IS TRUE OFFSET 0)
          ORDER BY o.id LIMIT 3
        ) y) AS opinions
      FROM page JOIN motion m USING (id) ORDER BY m.id DESC
    ) x
  )::text, '[]') || ',"pageInfo":{"hasNextPage":' || (SELECT count(*) > 50 FROM seen)::text || ',"endCursor":' || coalesce(
    '"' || (SELECT 'c_' || encode(uuid_send(id), 'hex') FROM page ORDER BY id LIMIT 1) || '"', 'null') || '}}}}'
