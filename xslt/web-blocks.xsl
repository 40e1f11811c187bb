<?xml version="1.0" encoding="UTF-8"?>
<!-- What stands between lines: headings, paragraphs, speeches, verse, lists, tables, figures, the parts of letters. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:teipress:functions"
  xmlns:made="urn:teipress:made"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Parts of the text and of letters, each under its own name: how they look is the style sheet's. -->
  <xsl:template mode="web" as="element()" match="body | front | back | group | text | floatingText | div | div1 | div2 | div3 | div4
      | div5 | div6 | div7 | opener | closer | salute | signed | dateline | byline | postscript | trailer | argument | epigraph
      | address | addrLine | titlePage | titlePart | docTitle | docAuthor | docDate | docImprint | docEdition | imprimatur
      | lg | l | figDesc | figure | eg | listBibl | biblStruct | biblFull | listPerson | listPlace | listOrg | person | place | org
      | noteGrp | castList | castItem | stage[parent::div or parent::body] | set | performance | entryFree
      | cit[quote[p | lg | l]] | q[f:block(.)] | said[f:block(.)] | head[not(f:titles(.))] | lem[p] | rdg[p] | spGrp">
    <xsl:element name="{if (f:lone(.)) then f:tag(., 'div') else 'span'}">
      <xsl:sequence select="f:attributes(., local-name())"/>
      <xsl:apply-templates mode="web"/>
    </xsl:element>
  </xsl:template>

  <!-- Whether a part may be a block where it stands: not in a paragraph's line, except where that makes room. -->
  <xsl:function name="f:lone" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="every $p in $element/(ancestor::p | ancestor::ab) satisfies f:holds-blocks($p)"/>
  </xsl:function>

  <!-- Whether a head is the heading of a part of the text, and not of a list, a table, a figure or verse. -->
  <xsl:function name="f:titles" as="xs:boolean">
    <xsl:param name="head" as="element(head)"/>
    <xsl:sequence select="exists($head/parent::*[self::body or self::front or self::back or starts-with(local-name(), 'div')]) and not(f:in-line($head))"/>
  </xsl:function>

  <!-- A heading, as printed: quiet, for the page has the date large above it. -->
  <xsl:template match="head[f:titles(.)]" mode="web" as="element()">
    <xsl:element name="h{min((6, 3 + count(ancestor::div[not(@type = 'entry')])))}">
      <xsl:sequence select="f:attributes(., 'head')"/>
      <xsl:apply-templates mode="web"/>
    </xsl:element>
  </xsl:template>

  <!-- A paragraph. -->
  <xsl:template match="p | ab" mode="web" as="element()">
    <p>
      <xsl:sequence select="f:attributes(., 'p')"/>
      <xsl:apply-templates mode="web"/>
    </p>
  </xsl:template>

  <!-- A paragraph in which a list, a table, verse or the like stands. -->
  <xsl:template match="p[f:holds-blocks(.)] | ab[f:holds-blocks(.)]" mode="web" priority="1" as="element()">
    <div>
      <xsl:sequence select="f:attributes(., 'p')"/>
      <xsl:apply-templates mode="web"/>
    </div>
  </xsl:template>

  <!-- A paragraph of a note, which itself stands in a line. -->
  <xsl:template match="p[f:in-line(.)] | ab[f:in-line(.)]" mode="web" priority="2" as="element()">
    <span>
      <xsl:sequence select="f:attributes(., 'p')"/>
      <xsl:apply-templates mode="web"/>
    </span>
  </xsl:template>

  <!-- A speech: the speaker hangs in small capitals before it. -->
  <xsl:template match="sp" mode="web" as="element()">
    <xsl:element name="{f:tag(., 'div')}">
      <xsl:sequence select="f:attributes(., 'sp')"/>
      <xsl:apply-templates mode="web"/>
    </xsl:element>
  </xsl:template>
  <!-- The speaker: before the first words, whatever white space the file has there. -->
  <xsl:template match="speaker" mode="web" as="element()+">
    <span>
      <xsl:sequence select="f:attributes(., 'speaker')"/>
      <xsl:copy-of select="f:told(@who | parent::sp/@who)"/>
      <xsl:apply-templates mode="web"/>
    </span>
    <span data-made="space"><xsl:text> </xsl:text></span>
  </xsl:template>
  <!-- White space between speaker and speech is layout. -->
  <xsl:template match="sp/text()[not(normalize-space())]" mode="web" as="item()*"/>

  <!-- A quotation that is set apart from the text. -->
  <xsl:template match="quote[f:block(.)]" mode="web" as="element()">
    <xsl:element name="{f:tag(., 'blockquote')}">
      <xsl:sequence select="f:attributes(., 'quote')"/>
      <xsl:apply-templates mode="web"/>
    </xsl:element>
  </xsl:template>

  <!-- A list: its items in order, numbered or with bullets where the source says so; a label hangs before its item. -->
  <xsl:template match="list" mode="web" as="element()">
    <xsl:variable name="list" as="element(list)" select="."/>
    <xsl:variable name="style" as="xs:string" select="string-join((@type, @rend), ' ')"/>
    <xsl:element name="{f:tag(., 'div')}">
      <xsl:sequence select="f:attributes(., 'list')"/>
      <xsl:for-each-group select="node()[not(self::text()[not(normalize-space())])]" group-adjacent="exists((self::item, self::label))">
        <xsl:choose>
          <xsl:when test="current-grouping-key()">
            <xsl:element name="{f:tag($list, if (matches($style, 'order|number')) then 'ol' else 'ul')}">
              <xsl:attribute name="class" select="if (matches($style, 'order|number')) then 'ordered' else if (matches($style, 'bullet')) then 'bulleted' else 'simple'"/>
              <xsl:attribute name="role" select="'list'"/>
              <xsl:for-each-group select="current-group()" group-ending-with="item">
                <xsl:element name="{f:tag($list, 'li')}">
                  <xsl:sequence select="f:attributes(current-group()[last()], 'item')"/>
                  <xsl:attribute name="role" select="'listitem'"/>
                  <xsl:apply-templates select="current-group()" mode="web"/>
                </xsl:element>
              </xsl:for-each-group>
            </xsl:element>
          </xsl:when>
          <xsl:otherwise>
            <xsl:apply-templates select="current-group()" mode="web"/>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each-group>
    </xsl:element>
  </xsl:template>
  <!-- What an item holds; its own element is made with its list. -->
  <xsl:template match="list/item" mode="web" as="node()*">
    <xsl:apply-templates mode="web"/>
  </xsl:template>
  <!-- A label, before its item. -->
  <xsl:template match="list/label" mode="web" as="element()+">
    <span>
      <xsl:sequence select="f:attributes(., 'label')"/>
      <xsl:apply-templates mode="web"/>
    </span>
    <span data-made="space"><xsl:text> </xsl:text></span>
  </xsl:template>

  <!-- A table, with lining figures; wider than the page, it scrolls by itself. -->
  <xsl:template match="table" mode="web" as="element()">
    <xsl:variable name="label" as="xs:string" select="(head/normalize-space()[. ne ''], f:word('table', ''))[1]"/>
    <xsl:element name="{f:tag(., 'div')}">
      <xsl:sequence select="f:attributes(., 'table')"/>
      <xsl:attribute name="role" select="'group'"/>
      <xsl:attribute name="aria-label" select="$label"/>
      <xsl:attribute name="tabindex" select="'0'"/>
      <xsl:variable name="table" as="element(table)" select="."/>
      <xsl:for-each-group select="node()[not(self::text()[not(normalize-space())])]" group-adjacent="exists(self::row)">
        <xsl:choose>
          <xsl:when test="current-grouping-key()">
            <xsl:element name="{f:tag($table, 'table')}">
              <xsl:attribute name="role" select="'table'"/>
              <xsl:attribute name="class" select="'rows'"/>
              <xsl:attribute name="aria-label" select="$label"/>
              <xsl:apply-templates select="current-group()" mode="web"/>
            </xsl:element>
          </xsl:when>
          <xsl:otherwise>
            <xsl:apply-templates select="current-group()" mode="web"/>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each-group>
    </xsl:element>
  </xsl:template>
  <!-- A row of a table. -->
  <xsl:template match="table/row" mode="web" as="element()">
    <xsl:element name="{f:tag(., 'tr')}">
      <xsl:sequence select="f:attributes(., 'row')"/>
      <xsl:attribute name="role" select="'row'"/>
      <xsl:variable name="row" as="element(row)" select="."/>
      <xsl:for-each-group select="node()[not(self::text()[not(normalize-space())])]" group-adjacent="exists(self::cell)">
        <xsl:choose>
          <xsl:when test="current-grouping-key()">
            <xsl:apply-templates select="current-group()" mode="web"/>
          </xsl:when>
          <!-- A page break or a note between cells gets a cell of its own, for nothing else may stand there. -->
          <xsl:otherwise>
            <xsl:element name="{f:tag($row, 'td')}">
              <xsl:attribute name="role" select="'cell'"/>
              <xsl:apply-templates select="current-group()" mode="web"/>
            </xsl:element>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each-group>
    </xsl:element>
  </xsl:template>
  <!-- A cell: labels of rows and columns are italic. -->
  <xsl:template match="row/cell" mode="web" as="element()">
    <xsl:variable name="heading" as="xs:boolean" select="@role = 'label' or (../@role = 'label' and not(@role))"/>
    <xsl:element name="{f:tag(., if ($heading) then 'th' else 'td')}">
      <xsl:sequence select="f:attributes(., 'cell')"/>
      <xsl:attribute name="role" select="if (not($heading)) then 'cell' else if (../@role = 'label') then 'columnheader' else 'rowheader'"/>
      <xsl:if test="xs:integer(@cols[matches(., '^[1-9]\d?$')]) gt 1">
        <xsl:attribute name="colspan" select="@cols"/>
      </xsl:if>
      <xsl:if test="xs:integer(@rows[matches(., '^[1-9]\d?$')]) gt 1">
        <xsl:attribute name="rowspan" select="@rows"/>
      </xsl:if>
      <xsl:apply-templates mode="web"/>
    </xsl:element>
  </xsl:template>

  <!-- A picture of the edition, which leads to itself in full size; its description stands below it as text. -->
  <xsl:template match="graphic | media" mode="web" as="node()*">
    <a class="graphic" href="{$image(@url)}" data-made="image">
      <img src="{$image(@url)}" alt="{f:word('image', '')}" loading="lazy"/>
    </a>
    <xsl:apply-templates mode="web"/>
  </xsl:template>

  <!-- A picture that lies elsewhere on the web, or nowhere: a link or a word, for nothing is fetched from outside. -->
  <xsl:template match="(graphic | media)[not(map:contains($image, string(@url)))]" mode="web" priority="1" as="node()*">
    <xsl:choose>
      <xsl:when test="matches(@url, '^https?://')">
        <a class="graphic" href="{@url}" rel="external" data-made="image"><xsl:value-of select="f:word('image', '')"/></a>
      </xsl:when>
      <xsl:otherwise>
        <span class="missing" data-made="image">[<xsl:value-of select="f:word('image-missing', '')"/>]</span>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:apply-templates mode="web"/>
  </xsl:template>
</xsl:stylesheet>
