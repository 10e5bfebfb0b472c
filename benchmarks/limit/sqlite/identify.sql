-- Who asks: :token is the hash of the session's token. No row: nobody is signed in.
-- `dashed` writes a key as holders have it. Days are those of Shanghai.
SELECT p.id, p.name, (SELECT version FROM policy_version) AS policy,
  (SELECT role FROM administrator WHERE person_id = p.id) AS administrator,
  EXISTS (SELECT 1 FROM delegation d WHERE d.delegate_id = p.id AND d.withdrawn_at IS NULL
    AND d.starts_at <= datetime('now') AND d.ends_at > datetime('now')) AS lent,
  (SELECT json_group_array(h) FROM (
    SELECT 'person/' || dashed(p.id) AS h
    UNION ALL
    SELECT dashed(a.group_id) || '/' || a.role FROM appointment a
    WHERE a.person_id = p.id AND a.starts_on <= date('now', '+8 hours')
      AND (a.ends_on IS NULL OR a.ends_on >= date('now', '+8 hours'))
    UNION ALL
    SELECT dashed(a.group_id) || CASE
        WHEN a.role IN ('deputy_in_charge', 'deputy') THEN '/deputies'
        WHEN a.role IN ('office_director', 'office_deputy_director', 'department_head', 'department_staff')
          THEN '/office'
        WHEN a.role IN ('unit_head', 'liaison', 'responsible') THEN '/unit/' || dashed(a.unit_id)
      END FROM appointment a
    WHERE a.person_id = p.id AND a.starts_on <= date('now', '+8 hours')
      AND (a.ends_on IS NULL OR a.ends_on >= date('now', '+8 hours'))
    UNION ALL
    SELECT dashed(a.group_id) || '/department/' || dashed(a.unit_id) FROM appointment a
    WHERE a.person_id = p.id AND a.unit_id IS NOT NULL
      AND a.role IN ('office_director', 'office_deputy_director', 'department_head', 'department_staff')
      AND a.starts_on <= date('now', '+8 hours') AND (a.ends_on IS NULL OR a.ends_on >= date('now', '+8 hours'))
  ) WHERE h IS NOT NULL) AS holders
FROM session s JOIN person p ON p.id = s.person_id AND p.active
WHERE s.token_hash = :token AND s.revoked_at IS NULL AND s.expires_at > datetime('now')
