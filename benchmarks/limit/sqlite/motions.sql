-- A page of 50 motions, newest first; :value is the key after which the page begins, or null.
WITH me AS MATERIALIZED (SELECT value FROM json_each(:holders)), seen AS MATERIALIZED (
  SELECT m.id FROM motion m
  WHERE m.id < coalesce(:value, 'g') AND EXISTS (SELECT 1 FROM part p WHERE p.object_id = m.id AND p.in_force AND p.holder IN me)
  ORDER BY m.id DESC LIMIT 51
)
SELECT '{"data":{"motions":{"nodes":' || (
  SELECT json_group_array(json_object(
    'id', 'Motion_' || m.id, 'title', m.title, 'state', upper(m.state),
    'stateSince', substr(m.state_since, 1, 10) || 'T' || substr(m.state_since, 12, 8) || rtrim(rtrim(substr(m.state_since, 20), '0'), '.') || '+00:00',
    'proposingUnit', (SELECT json_object('id', 'Unit_' || u.id, 'name', u.name) FROM unit u WHERE u.id = m.proposing_unit_id),
    'opinions', (
      SELECT json_group_array(json_object(
        'id', 'Opinion_' || o.id, 'position', upper(nullif(o.position, '')), 'text', o.text,
        'unit', (SELECT json_object('name', u.name) FROM unit u WHERE u.id = o.unit_id)
      )) FROM (
        SELECT * FROM opinion o WHERE o.motion_id = m.id AND EXISTS (SELECT 1 FROM part p WHERE p.object_id = o.id AND p.in_force AND p.holder IN me)
        ORDER BY o.id LIMIT 3
      ) o
    )
  )) FROM (SELECT m.* FROM (SELECT id FROM seen ORDER BY id DESC LIMIT 50) s JOIN motion m ON m.id = s.id ORDER BY m.id DESC) m
) || ',"pageInfo":{"hasNextPage":' || iif((SELECT count(*) FROM seen) > 50, 'true', 'false') || ',"endCursor":' || coalesce(
  '"' || (SELECT 'c_' || min(id) FROM (SELECT id FROM seen ORDER BY id DESC LIMIT 50)) || '"', 'null') || '}}}}'
