<?xml version="1.0" encoding="UTF-8"?>
<!-- What the editors and the print added to the text: notes, commentary, pages, lines. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:teipress:functions"
  xmlns:made="urn:teipress:made"
  xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- A foot note: its number in the line, and the note in the margin beside it (below the line where there is
       no margin); each leads to the other. -->
  <xsl:template match="note[@made:kind = 'foot']" mode="web" priority="1" as="element()+">
    <sup class="call" data-made="call">
      <a id="{@made:id}-call" href="#{@made:id}" role="doc-noteref" aria-label="{f:word('note-n', @made:n)}">
        <xsl:value-of select="@made:n"/>
      </a>
    </sup>
    <span role="note" tabindex="-1" aria-label="{f:word('note-n', @made:n)}">
      <xsl:sequence select="f:attributes(., 'note')"/>
      <xsl:sequence select="f:own-direction(.)"/>
      <a class="back" href="#{@made:id}-call" role="doc-backlink" aria-label="{f:word('note-back', @made:n)}" data-made="number">
        <xsl:value-of select="@made:n"/>
      </a>
      <span data-made="space">&#160;</span>
      <xsl:apply-templates mode="web"/>
    </span>
  </xsl:template>

  <!-- The direction of a note that says no language: that of the words around it, whatever its first letters are.
       An element with a direction is set apart from its line: no control character reaches out of it. -->
  <xsl:function name="f:own-direction" as="attribute()?">
    <xsl:param name="note" as="element(note)"/>
    <xsl:variable name="language" as="attribute()?" select="$note/ancestor::*[@xml:lang[. ne '']][1]/@xml:lang"/>
    <xsl:if test="$language and not($note/@xml:lang[. ne ''])">
      <xsl:attribute name="dir" select="f:direction($language)"/>
    </xsl:if>
  </xsl:function>

  <!-- The editors' commentary between paragraphs: smaller, ruled at the left, with a line that says whose voice it is. -->
  <xsl:template match="note[@made:kind = 'commentary']" mode="web" as="element()">
    <xsl:element name="{f:tag(., 'div')}">
      <xsl:sequence select="f:attributes(., 'commentary')"/>
      <xsl:attribute name="role" select="'note'"/>
      <xsl:attribute name="aria-label" select="f:word('commentary', '')"/>
      <span class="voice" aria-hidden="true" data-made="label">
        <xsl:value-of select="f:word('commentary', '')"/>
      </span>
      <xsl:apply-templates mode="web"/>
    </xsl:element>
  </xsl:template>

  <!-- Any other note that stands between paragraphs: like commentary, called a note. -->
  <xsl:template match="note[@made:kind = 'block']" mode="web" as="element()">
    <xsl:element name="{f:tag(., 'div')}">
      <xsl:sequence select="f:attributes(., ('commentary', 'block-note'))"/>
      <xsl:attribute name="role" select="'note'"/>
      <xsl:attribute name="aria-label" select="f:word('note', '')"/>
      <span class="voice" aria-hidden="true" data-made="label">
        <xsl:value-of select="f:word('note', '')"/>
      </span>
      <xsl:apply-templates mode="web"/>
    </xsl:element>
  </xsl:template>

  <!-- The editors' words in the middle of a sentence: in the line, a little smaller. -->
  <xsl:template match="note[@made:kind = 'inline']" mode="web" as="element()">
    <span>
      <xsl:sequence select="f:attributes(., 'inline-note'), f:own-direction(.)"/>
      <xsl:apply-templates mode="web"/>
    </span>
  </xsl:template>

  <!-- A page of the print begins: a thin mark in the line, the number small in the margin; a small picture of
       the page where there is one. -->
  <xsl:template match="pb" mode="web" as="element()+">
    <xsl:call-template name="part-words"/>
    <span>
      <xsl:sequence select="f:attributes(., ('pb', @made:sequence || '-page', if (@break = ('no', 'maybe')) then 'joined' else ()))"/>
      <xsl:if test="@made:n ne ''">
        <a class="page" href="#{@made:id}" data-made="page"
          aria-label="{f:word(if (@made:sequence = 'notes') then 'notes-page-n' else 'page-n', @made:n)}">
          <!-- In a line that runs from the right, too, a number stands before its question mark. -->
          <bdi dir="ltr"><xsl:value-of select="@made:n"/></bdi>
        </a>
      </xsl:if>
      <xsl:apply-templates select="@facs" mode="web"/>
    </span>
  </xsl:template>

  <!-- A picture of the page, small, which leads to the picture itself. -->
  <xsl:template match="pb/@facs" mode="web" as="element()?">
    <xsl:variable name="address" as="xs:string?" select="f:facsimile(..)[map:contains($image, .)][1]" xmlns:map="http://www.w3.org/2005/xpath-functions/map"/>
    <xsl:if test="$address">
      <a class="facsimile" href="{$image($address)}" data-made="image">
        <img src="{$image($address)}" alt="{f:word('image-n', ../@made:n)}" loading="lazy"/>
      </a>
    </xsl:if>
  </xsl:template>

  <!-- A picture of the page that lies elsewhere on the web: a link, for nothing is fetched from outside. -->
  <xsl:template match="pb/@facs[starts-with(f:facsimile(..)[1], 'https://') or starts-with(f:facsimile(..)[1], 'http://')]" mode="web"
    priority="1" as="element()">
    <a class="facsimile elsewhere" href="{f:facsimile(..)[1]}" rel="external" data-made="image">
      <xsl:attribute name="aria-label" select="f:word('image-n', ../@made:n)"/>
      <xsl:text>▣</xsl:text>
    </a>
  </xsl:template>

  <!-- The addresses of a page's images: those of the surface that facs points to, or what facs says itself. -->
  <xsl:function name="f:facsimile" as="xs:string*">
    <xsl:param name="pb" as="element()"/>
    <xsl:for-each select="tokenize($pb/@facs)">
      <xsl:sequence select="
        if (starts-with(., '#')) then key('by-id', substring(., 2), root($pb))/descendant-or-self::graphic/@url ! string()
        else ."/>
    </xsl:for-each>
  </xsl:function>

  <!-- A new line of the source. -->
  <xsl:template match="lb" mode="web" as="element()+">
    <span>
      <xsl:sequence select="f:attributes(., 'lb')"/>
      <br/>
    </span>
  </xsl:template>

  <!-- A new column, a change of hand, an anchor, a boundary: nothing to be seen, but to be linked to. -->
  <xsl:template match="cb | gb | anchor | handShift | index | fw[not(node())] | milestone | addSpan | delSpan | metamark[not(node())]
      | interp | interpGrp[not(node())] | link | alt | span[not(node())]" mode="web" as="element()">
    <span>
      <xsl:sequence select="f:attributes(., 'mark')"/>
    </span>
  </xsl:template>

  <!-- An ornament between paragraphs, as the source has it. -->
  <xsl:template match="milestone[@n and (@unit = 'section' or @rend or @rendition)]" mode="web" priority="1" as="element()">
    <xsl:element name="{if (parent::p or parent::ab or f:in-line(.)) then 'span' else 'div'}">
      <xsl:sequence select="f:attributes(., 'ornament')"/>
      <xsl:attribute name="role" select="'separator'"/>
      <span data-made="ornament">
        <xsl:value-of select="@n"/>
      </span>
    </xsl:element>
  </xsl:template>

  <!-- Words that only a break parts are parted by a space. -->
  <xsl:template name="part-words" as="element()?">
    <xsl:if test="f:parts-words(.)">
      <span data-made="space">
        <xsl:text> </xsl:text>
      </span>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
