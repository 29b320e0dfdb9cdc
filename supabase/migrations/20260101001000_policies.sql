-- Policies: who may what, table by table. One policy per operation; roles are looked up once per query.
-- What has no policy here is refused: such tables change through commands only.

create policy "Everybody sees areas" on public.areas for select to anon, authenticated using (true);
create policy "Organizers add areas below theirs" on public.areas for insert to authenticated
  with check (parent_id in (select private.areas_where('organizer')));
create policy "Organizers change their areas" on public.areas for update to authenticated
  using (id in (select private.areas_where('organizer'))) with check (id in (select private.areas_where('organizer')));
create policy "Admins remove unused areas" on public.areas for delete to authenticated
  using (parent_id in (select private.areas_where('admin')));

create policy "Everybody sees the tree" on public.area_ancestors for select to anon, authenticated using (true);

create policy "Organizers see who answers for their areas" on public.area_duties for select to authenticated
  using (area_id in (select private.areas_where('organizer')));
create policy "Organizers name who answers for their areas" on public.area_duties for insert to authenticated
  with check (area_id in (select private.areas_where('organizer')));
create policy "Organizers change who answers for their areas" on public.area_duties for update to authenticated
  using (area_id in (select private.areas_where('organizer'))) with check (area_id in (select private.areas_where('organizer')));
create policy "Organizers remove who answers for their areas" on public.area_duties for delete to authenticated
  using (area_id in (select private.areas_where('organizer')));

create policy "People are seen by themselves, their organizers and their crew leader" on public.people for select to authenticated
  using (id = (select private.me()) or area_id in (select private.areas_where('organizer')) or id in (select private.led_people())
    or exists (select from public.signups s where s.person_id = people.id and s.source in ('account', 'guest')
      and s.area_id in (select private.areas_where('organizer'))));
create policy "Organizers write people of their areas down" on public.people for insert to authenticated
  with check (area_id in (select private.areas_where('organizer')));
create policy "People and their organizers correct a name" on public.people for update to authenticated
  using (id = (select private.me()) or area_id in (select private.areas_where('organizer')))
  with check (id = (select private.me()) or area_id in (select private.areas_where('organizer')));

create policy "Phones are seen by their owner, organizers of the area and the crew leader of the day" on public.contacts for select to authenticated
  using (person_id = (select private.me()) or person_id in (select private.led_phones()) or (select private.organizes_person(person_id)));

create policy "Accounts see their own profile" on public.profiles for select to authenticated using (user_id = (select auth.uid()));

create policy "Roles are seen by who holds them and by organizers of the area" on public.memberships for select to authenticated
  using (person_id = (select private.me()) or area_id in (select private.areas_where('organizer')));

create policy "Organizers see invitations of their areas" on public.invitations for select to authenticated
  using (area_id in (select private.areas_where('organizer')));
create policy "Organizers withdraw invitations of their areas" on public.invitations for delete to authenticated
  using (area_id in (select private.areas_where('organizer')));

create policy "Organizers see the state of enrolments of their people" on public.enrolments for select to authenticated
  using ((select private.organizes_person(person_id)));

create policy "Organizers read the history of their areas" on public.audit_log for select to authenticated
  using (area_id in (select private.areas_where('organizer')));

create policy "Everybody sees labour days" on public.labour_days for select to anon, authenticated using (true);

create policy "Everybody sees added holidays" on public.extra_holidays for select to anon, authenticated using (true);
create policy "Admins add holidays" on public.extra_holidays for insert to authenticated
  with check ((select private.has_role('admin', private.district_id())));
create policy "Admins change holidays" on public.extra_holidays for update to authenticated
  using ((select private.has_role('admin', private.district_id()))) with check ((select private.has_role('admin', private.district_id())));
create policy "Admins remove holidays" on public.extra_holidays for delete to authenticated
  using ((select private.has_role('admin', private.district_id())));

create policy "Everybody sees gatherings" on public.gatherings for select to anon, authenticated using (true);
create policy "Organizers see the counts of their gatherings" on public.gathering_counts for select to authenticated
  using (gathering_id in (select g.id from public.gatherings g where g.area_id in (select private.areas_where('organizer'))));

create policy "Everybody sees sites" on public.sites for select to anon, authenticated using (true);
create policy "Organizers add sites to their areas" on public.sites for insert to authenticated
  with check (area_id in (select private.areas_where('organizer')));
create policy "Organizers change sites of their areas" on public.sites for update to authenticated
  using (area_id in (select private.areas_where('organizer'))) with check (area_id in (select private.areas_where('organizer')));
create policy "Organizers remove unused sites of their areas" on public.sites for delete to authenticated
  using (area_id in (select private.areas_where('organizer')));
create policy "Organizers see the imported rows of their sites" on public.site_extras for select to authenticated
  using (site_id in (select s.id from public.sites s where s.area_id in (select private.areas_where('organizer'))));
create policy "Organizers see imports into their areas" on public.site_imports for select to authenticated
  using (area_id in (select private.areas_where('organizer')));

create policy "Everybody sees what is to be cleaned" on public.tasks for select to anon, authenticated using (true);

create policy "Notes for a crew are seen by organizers, the crew leader and, once published, the crew" on public.task_notes for select to authenticated
  using (task_id in (select private.led_tasks())
    or task_id in (select a.task_id from public.assignments a where a.signup_id in (select private.my_published_signups()))
    or task_id in (select t.id from public.tasks t where t.area_id in (select private.areas_where('organizer'))));

create policy "Sign-ups are seen by their person, organizers and the crew leader" on public.signups for select to authenticated
  using (person_id = (select private.me()) or area_id in (select private.areas_where('organizer')) or id in (select private.led_known()));

create policy "Assignments are seen by organizers, the crew leader and, once published, the volunteer" on public.assignments for select to authenticated
  using (task_id in (select private.led_tasks()) or signup_id in (select private.my_published_signups())
    or task_id in (select t.id from public.tasks t where t.area_id in (select private.areas_where('organizer'))));

create policy "Who led a crew is seen by that leader and by organizers" on public.task_leaders for select to authenticated
  using (person_id = (select private.me())
    or task_id in (select t.id from public.tasks t where t.area_id in (select private.areas_where('organizer'))));

create policy "Check-ins are seen by their person, organizers and the crew leader" on public.attendance_events for select to authenticated
  using (area_id in (select private.areas_where('organizer')) or signup_id in (select private.led_signups())
    or signup_id in (select s.id from public.signups s where s.person_id = (select private.me())));
create policy "Hours are seen by their person, organizers and the crew leader" on public.attendance_sums for select to authenticated
  using (person_id = (select private.me()) or area_id in (select private.areas_where('organizer')) or signup_id in (select private.led_signups()));

create policy "Phones of the day are seen by organizers and by who carries them" on public.day_phones for select to authenticated
  using (area_id in (select private.areas_where('organizer')) or person_id = (select private.me()));

create policy "Totals are seen by organizers and the crew leader" on public.totals for select to authenticated
  using (area_id in (select private.areas_where('organizer')) or task_id in (select private.led_tasks()));

create policy "Entries are seen by organizers and the crew leader" on public.result_entries for select to authenticated
  using (area_id in (select private.areas_where('organizer')) or task_id in (select private.led_tasks()));
create policy "Organizers see metres per drain and date" on public.site_days for select to authenticated
  using (area_id in (select private.areas_where('organizer')));

create policy "Released photos are public" on public.photos for select to anon using (released_at is not null);
create policy "Photos are seen when released, by organizers, the crew leader and who took them" on public.photos for select to authenticated
  using (released_at is not null or area_id in (select private.areas_where('organizer')) or task_id in (select private.led_tasks())
    or uploaded_by = (select private.me()));

create policy "Sums of days are seen by organizers" on public.day_sums for select to authenticated
  using (area_id in (select private.areas_where('organizer')));

create policy "Requests about hours are seen by their person and organizers" on public.hour_requests for select to authenticated
  using (area_id in (select private.areas_where('organizer')) or signup_id in (select s.id from public.signups s where s.person_id = (select private.me())));
create policy "Answers about hours are seen by their person and organizers" on public.hour_answers for select to authenticated
  using (area_id in (select private.areas_where('organizer'))
    or request_id in (select r.id from public.hour_requests r join public.signups s on s.id = r.signup_id where s.person_id = (select private.me())));
create policy "Credits are seen by their person and organizers" on public.hour_credits for select to authenticated
  using (area_id in (select private.areas_where('organizer')) or signup_id in (select s.id from public.signups s where s.person_id = (select private.me())));

create policy "Certificates are seen by their person and organizers of their home" on public.certificates for select to authenticated
  using (person_id = (select private.me()) or person_id in (select p.id from public.people p where p.area_id in (select private.areas_where('organizer'))));

create policy "Organizers read the texts of their summaries" on public.summary_texts for select to authenticated
  using (area_id in (select private.areas_where('organizer')));
