-- 100 meetings of one group ($2) with ten motions each and three opinions each. $1: holders.
SELECT '{"data":{"meetings":{"nodes":' || coalesce((
    SELECT json_agg(x) FROM (
      SELECT 'Meeting_' || encode(uuid_send(m.id), 'hex') AS id, m.title,
        m.starts_at AS "startsAt",
        (SELECT coalesce(json_agg(y), '[]') FROM (
          SELECT 'AgendaItem_' || encode(uuid_send(i.id), 'hex') AS id,
            (SELECT row_to_json(z) FROM (
              SELECT 'Motion_' || encode(uuid_send(t.id), 'hex') AS id, t.title, upper(t.state) AS state,
                (SELECT coalesce(json_agg(w), '[]') FROM (
                  SELECT upper(nullif(o.position, '')) AS position, o.text,
                    (SELECT row_to_json(v) FROM (SELECT u.name FROM unit u WHERE u.id = o.unit_id) v) AS unit
                  FROM opinion o
                  WHERE o.motion_id = t.id AND EXISTS (
                    SELECT FROM part p WHERE p.object_id = o.id AND p.in_force AND (p.holder = ANY($1::text[])) IS TRUE OFFSET 0)
                  ORDER BY o.id LIMIT 3
                ) w) AS opinions
              FROM motion t WHERE t.id = i.motion_id AND EXISTS (
                SELECT FROM part p WHERE p.object_id = t.id AND p.in_force AND (p.holder = ANY($1::text[])) IS TRUE OFFSET 0)
            ) z) AS motion
          FROM item i
          WHERE i.meeting_id = m.id AND EXISTS (
            SELECT FROM part p WHERE p.object_id = i.id AND p.in_force AND (p.holder = ANY($1::text[])) IS TRUE OFFSET 0)
          ORDER BY i.position, i.id LIMIT 10
        ) y) AS items
      FROM meeting m
      WHERE m.group_id = $2::uuid AND EXISTS (
        SELECT FROM part p WHERE p.object_id = m.id AND p.in_force AND (p.holder = ANY($1::text[])) IS TRUE OFFSET 0)
      ORDER BY m.id DESC LIMIT 100
    ) x
  )::text, '[]') || '}}}'
