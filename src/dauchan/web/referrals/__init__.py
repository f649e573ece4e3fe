"""The screens of referrals: the list with its clocks, one referral, handing over, official reminders, accounts of units."""
