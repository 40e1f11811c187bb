<?xml version="1.0" encoding="UTF-8"?>
<!-- What stands in a line: names, dates, quotations, citations, what the editors and the writer changed, links. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:teipress:functions"
  xmlns:made="urn:teipress:made"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Elements that say what words are, not how they look: their text, each under its own name. -->
  <xsl:template mode="web" as="element()" match="abbr | am | addName | author | bibl | biblScope | c | caption | cit | citedRange
      | country | desc | distinct | district | editor | edition | email | ex | expan | forename | formula | fw | g | genName | geogName
      | gloss | ident | idno | label | lem | rdg | app | measure | measureGrp | monogr | analytic | series | imprint | mentioned | nameLink
      | num | orig | reg | corr | sic | pc | ptr | pubPlace | publisher | q | quote | region | repository | respStmt | resp | roleName
      | rs | said | s | seg | settlement | soCalled | sp/stage | stage | street | postCode | postBox | subst | surname | surplus | supplied | term
      | time | title | unclear | w | m | phr | cl | damage | metamark | textLang | eventName | objectName | persPronouns | secl | retrace
      | restore | redo | undo | hyphen | locus | extent | availability | licence | relatedItem | bloc | offset | geo | location | birth
      | death | occupation | stamp | heraldry | signatures | catchwords | watermark | material | dim | height | width | depth | role
      | roleDesc | actor | camera | sound | tech | view | move | witDetail | rdgGrp | listApp | note">
    <span>
      <xsl:sequence select="f:attributes(., local-name())"/>
      <xsl:apply-templates mode="web"/>
    </span>
  </xsl:template>

  <!-- A name: plain in the line, dotted underneath when pointed at; where the register knows the person, a tip tells who. -->
  <xsl:template match="persName | placeName | orgName | name | rs[@ref or @key]" mode="web" as="element()">
    <span>
      <xsl:sequence select="f:attributes(., ('name', local-name()))"/>
      <xsl:copy-of select="f:told(@ref)"/>
      <xsl:apply-templates mode="web"/>
    </span>
  </xsl:template>

  <!-- What the register says of those that a ref names, as the tip of an element; nothing where it knows none. -->
  <xsl:function name="f:told" as="attribute()?">
    <xsl:param name="references" as="attribute()*"/>
    <xsl:variable name="told" as="xs:string*" select="distinct-values($references ! tokenize(.) ! map:get($person, .))"/>
    <xsl:if test="exists($told)">
      <xsl:attribute name="title" select="string-join($told, ' / ')"/>
    </xsl:if>
  </xsl:function>

  <!-- A date: plain in the line, dotted underneath when pointed at; a tip gives the day as numbers. -->
  <xsl:template match="date" mode="web" as="element()">
    <xsl:variable name="days" as="xs:string*" select="(@when, @when-iso)[1]/string(), (@from, @notBefore)[1] ! (. || '/'), (@to, @notAfter)[1]/string()"/>
    <span>
      <xsl:sequence select="f:attributes(., 'date')"/>
      <xsl:if test="exists($days) and not(f:doubtful(.))">
        <xsl:attribute name="title" select="string-join($days)"/>
      </xsl:if>
      <xsl:apply-templates mode="web"/>
    </span>
  </xsl:template>

  <!-- Words that the source set apart: as it set them, else italic. -->
  <xsl:template match="hi" mode="web" as="element()">
    <span>
      <xsl:sequence select="f:attributes(., ('hi', if (not(@rend | @rendition | @style)) then 'r-italic' else ()))"/>
      <xsl:apply-templates mode="web"/>
    </span>
  </xsl:template>

  <!-- Stressed: italic. -->
  <xsl:template match="emph" mode="web" as="element()">
    <em>
      <xsl:sequence select="f:attributes(., ())"/>
      <xsl:apply-templates mode="web"/>
    </em>
  </xsl:template>

  <!-- Words of another language: italic, and read out in that language. -->
  <xsl:template match="foreign" mode="web" as="element()">
    <i>
      <xsl:sequence select="f:attributes(., 'foreign')"/>
      <xsl:apply-templates mode="web"/>
    </i>
  </xsl:template>

  <!-- The title of a book or a journal: italic. -->
  <xsl:template match="title[@level = ('m', 'j', 's')]" mode="web" as="element()">
    <cite>
      <xsl:sequence select="f:attributes(., 'title')"/>
      <xsl:apply-templates mode="web"/>
    </cite>
  </xsl:template>

  <!-- Deleted by the writer: struck through. -->
  <xsl:template match="del" mode="web" as="element()">
    <del>
      <xsl:sequence select="f:attributes(., ())"/>
      <xsl:apply-templates mode="web"/>
    </del>
  </xsl:template>

  <!-- Added by the writer: a fine line under it. -->
  <xsl:template match="add" mode="web" as="element()">
    <ins>
      <xsl:sequence select="f:attributes(., ())"/>
      <xsl:apply-templates mode="web"/>
    </ins>
  </xsl:template>

  <!-- Code: in a face of one width. -->
  <xsl:template match="code | gi | att | val | tag" mode="web" as="element()">
    <code>
      <xsl:sequence select="f:attributes(., local-name())"/>
      <xsl:apply-templates mode="web"/>
    </code>
  </xsl:template>

  <!-- Two readings of the same words: the one to be read in the line, the other small and grey in brackets after it. -->
  <xsl:template match="choice" mode="web" as="element()">
    <span>
      <xsl:sequence select="f:attributes(., 'choice')"/>
      <xsl:apply-templates mode="web"/>
    </span>
  </xsl:template>
  <xsl:template mode="web" priority="1" as="element()" match="choice/abbr[../expan] | choice/sic[../corr] | choice/orig[../reg]
      | choice/unclear[preceding-sibling::unclear] | choice/seg[preceding-sibling::seg] | choice/corr[preceding-sibling::corr]
      | choice/reg[preceding-sibling::reg] | choice/expan[preceding-sibling::expan]">
    <span>
      <xsl:sequence select="f:attributes(., ('other', local-name()))"/>
      <xsl:if test="not(@cert)">
        <xsl:attribute name="title" select="
          if (self::abbr) then f:word('other-abbr', '') else if (self::sic or self::orig) then f:word('other-sic', '')
          else f:word('other-reading', '')"/>
      </xsl:if>
      <span data-made="bracket"><xsl:text> [</xsl:text></span>
      <xsl:apply-templates mode="web"/>
      <span data-made="bracket"><xsl:text>] </xsl:text></span>
    </span>
  </xsl:template>
  <!-- White space between the readings is layout. -->
  <xsl:template match="choice/text()[not(normalize-space())] | subst/text()[not(normalize-space())]" mode="web" as="item()*"/>

  <!-- Words that cannot be read or are left out: an ellipsis in brackets; a tip says why. -->
  <xsl:template match="gap" mode="web" as="element()+">
    <span>
      <xsl:sequence select="f:attributes(., 'gap')"/>
      <xsl:if test="not(@cert)">
        <xsl:attribute name="title" select="string-join((f:word('gap', ''), @reason, @quantity, @unit, @extent), ' ')"/>
      </xsl:if>
      <span data-made="gap">[…]</span>
      <xsl:apply-templates mode="web"/>
    </span>
  </xsl:template>

  <!-- Room that the writer left: white. -->
  <xsl:template match="space" mode="web" as="element()">
    <span>
      <xsl:sequence select="f:attributes(., 'space')"/>
      <span data-made="space">&#8195;</span>
      <xsl:apply-templates mode="web"/>
    </span>
  </xsl:template>

  <!-- A reference: a link where its target is known, else plain words. -->
  <xsl:template match="ref" mode="web" as="element()">
    <span>
      <xsl:sequence select="f:attributes(., 'ref')"/>
      <xsl:apply-templates mode="web"/>
    </span>
  </xsl:template>
  <xsl:template match="ref[map:contains($link, normalize-space(@target))][not(.//ref)][not(ancestor::ref)]" mode="web" priority="1" as="element()">
    <xsl:element name="{if (.//note or .//pb) then 'span' else 'a'}">
      <xsl:sequence select="f:attributes(., 'ref')"/>
      <xsl:if test="not(.//note or .//pb)">
        <xsl:attribute name="href" select="$link(normalize-space(@target))"/>
      </xsl:if>
      <xsl:apply-templates mode="web"/>
      <!-- A link cannot hold another (a note's call, a page number): then the link is an arrow after the words. -->
      <xsl:if test=".//note or .//pb">
        <a class="ptr" href="{$link(normalize-space(@target))}" aria-label="{f:word('follow', '')}" data-made="link">→</a>
      </xsl:if>
    </xsl:element>
  </xsl:template>

  <!-- A pointer, which has no words: its target, as a link where that is known. -->
  <xsl:template match="ptr" mode="web" priority="1" as="element()">
    <span>
      <xsl:sequence select="f:attributes(., 'ptr')"/>
      <span data-made="target"><xsl:value-of select="@target"/></span>
    </span>
  </xsl:template>
  <xsl:template match="ptr[map:contains($link, normalize-space(@target))][not(ancestor::ref)]" mode="web" priority="2" as="element()">
    <a href="{$link(normalize-space(@target))}">
      <xsl:sequence select="f:attributes(., 'ptr')"/>
      <span data-made="target"><xsl:value-of select="@target"/></span>
    </a>
  </xsl:template>
</xsl:stylesheet>
