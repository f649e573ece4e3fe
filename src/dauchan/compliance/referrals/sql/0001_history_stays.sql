-- What happened to a referral stays told: lines are added, never changed and never removed. A referral itself stays too.

CREATE FUNCTION referral_history_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the history of a referral stays as it is: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON referrals_referralevent
    FOR EACH ROW EXECUTE FUNCTION referral_history_stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON referrals_referralpicture
    FOR EACH ROW EXECUTE FUNCTION referral_history_stays();
CREATE TRIGGER stays BEFORE DELETE ON referrals_referral
    FOR EACH ROW EXECUTE FUNCTION referral_history_stays();
