import { expect, it } from "vitest";
import { isPublicDomain } from "./public-domains.ts";

/** Domains where anybody can have an address, or stands behind a relay. */
const wellKnown =
  `gmail.com googlemail.com outlook.com hotmail.com live.com msn.com hotmail.co.uk hotmail.fr outlook.de live.co.uk
yahoo.com yahoo.co.uk yahoo.de yahoo.fr yahoo.co.jp ymail.com rocketmail.com aol.com icloud.com me.com mac.com proton.me
protonmail.com pm.me tuta.com tutanota.com tutanota.de tutamail.com tuta.io keemail.me hey.com mailbox.org posteo.de posteo.net
disroot.org riseup.net runbox.com fastmail.com fastmail.fm hushmail.com gmx.de gmx.net gmx.com gmx.at gmx.ch web.de freenet.de
t-online.de arcor.de mail.de mail.com email.com usa.com zoho.com zohomail.com yandex.com yandex.ru mail.ru bk.ru list.ru
inbox.ru rambler.ru qq.com 163.com 126.com sina.com naver.com hanmail.net daum.net rediffmail.com libero.it virgilio.it
alice.it orange.fr free.fr laposte.net sfr.fr wanadoo.fr bluewin.ch hispeed.ch sunrise.ch aon.at chello.at telenet.be
skynet.be ziggo.nl kpnmail.nl wp.pl o2.pl onet.pl interia.pl seznam.cz centrum.cz comcast.net verizon.net att.net
sbcglobal.net cox.net btinternet.com sky.com ntlworld.com bigpond.com optusnet.com.au shaw.ca sympatico.ca uol.com.br
bol.com.br terra.com.br privaterelay.appleid.com mozmail.com relay.firefox.com simplelogin.com anonaddy.com duck.com
users.noreply.github.com onmicrosoft.com marketplace.amazon.com`.split(/\s+/);

it(`${wellKnown.length} well-known mail domains, and what lies below them, are nobody's company`, () => {
  expect(wellKnown.length).toBeGreaterThan(100);
  expect(wellKnown.filter((domain) => !isPublicDomain(domain))).toEqual([]);
  expect(wellKnown.filter((domain) => !isPublicDomain(`mail.${domain}`))).toEqual([]);
  for (const domain of ["co.uk", "com.au", "github.io"]) expect(isPublicDomain(domain), domain).toBe(true);
  for (const domain of ["acme.com", "tuta-gmbh.com", "notgmail.com", "hey.acme.com", "xn--mller-kva.de", "amazon.com"])
    expect(isPublicDomain(domain), domain).toBe(false);
});
