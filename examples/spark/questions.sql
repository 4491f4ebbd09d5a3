-- What share of calls hears a statement of empathy or willingness in time, by agent? Under 30 calls it says little.
select agent, count(*) as calls, round(avg((verdict = 'pass')::int), 2) as heard_in_time
from read_parquet('heard/results/*/*/*.parquet', hive_partitioning = true)
where rule = 'early-statement' and verdict in ('pass', 'fail')
group by agent having count(*) >= 30 order by heard_in_time;

-- Which rule costs the most calls, day by day?
select date, rule, count(*) filter (where verdict = 'fail') as failed, count(*) as calls
from read_parquet('heard/results/*/*/*.parquet', hive_partitioning = true)
where verdict in ('pass', 'fail')
group by date, rule qualify row_number() over (partition by date order by failed desc, rule) = 1 order by date;

-- Which calls of hardship went without empathy, and what was said instead?
select call, agent, date, why, evidence[1].start_s as at_s, evidence[1].quote as quote
from read_parquet('heard/results/*/*/*.parquet', hive_partitioning = true)
where hardship and verdict = 'fail' and severity in ('major', 'critical')
order by call, rule limit 20;
