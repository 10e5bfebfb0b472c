-- 100 meetings of one group (:value) with ten motions each and three opinions each.
WITH me AS MATERIALIZED (SELECT value FROM json_each(:holders))
SELECT '{"data":{"meetings":{"nodes":' || (
  SELECT json_group_array(json_object(
    'id', 'Meeting_' || m.id, 'title', m.title, 'startsAt', substr(m.starts_at, 1, 10) || 'T' || substr(m.starts_at, 12, 8) || rtrim(rtrim(substr(m.starts_at, 20), '0'), '.') || '+00:00',
    'items', (
      SELECT json_group_array(json_object(
        'id', 'AgendaItem_' || i.id,
        'motion', (
          SELECT json_object(
            'id', 'Motion_' || t.id, 'title', t.title, 'state', upper(t.state),
            'opinions', (
              SELECT json_group_array(json_object(
                'position', upper(nullif(o.position, '')), 'text', o.text,
                'unit', (SELECT json_object('name', u.name) FROM unit u WHERE u.id = o.unit_id)
              )) FROM (
                SELECT * FROM opinion o WHERE o.motion_id = t.id AND EXISTS (SELECT 1 FROM part p WHERE p.object_id = o.id AND p.in_force AND p.holder IN me)
                ORDER BY o.id LIMIT 3
              ) o
            )
          ) FROM motion t WHERE t.id = i.motion_id AND EXISTS (SELECT 1 FROM part p WHERE p.object_id = t.id AND p.in_force AND p.holder IN me)
        )
      )) FROM (
        SELECT * FROM item i WHERE i.meeting_id = m.id AND EXISTS (SELECT 1 FROM part p WHERE p.object_id = i.id AND p.in_force AND p.holder IN me)
        ORDER BY i.position, i.id LIMIT 10
      ) i
    )
  )) FROM (
    SELECT * FROM meeting m WHERE m.group_id = :value AND EXISTS (SELECT 1 FROM part p WHERE p.object_id = m.id AND p.in_force AND p.holder IN me)
    ORDER BY m.id DESC LIMIT 100
  ) m
) || '}}}'
